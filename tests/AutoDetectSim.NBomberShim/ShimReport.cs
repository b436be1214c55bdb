using System.Globalization;
using System.Net;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber;

/// <summary>Writes the counts, and that they are not NBomber's.</summary>
internal static class ShimReport
{
    private const string Note = "Counted by the replacement of NBomber that the tests use: the counts are exact, and times are not measured here.";

    public static void Write(NBomberContext context, ScenarioStats stats)
    {
        Directory.CreateDirectory(context.ReportFolder);
        var rows = stats.Ok.StatusCodes.Concat(stats.Fail.StatusCodes).OrderBy(code => code.StatusCode, StringComparer.Ordinal)
            .Select(code => (code.StatusCode, Count: code.Count.ToString(CultureInfo.InvariantCulture))).ToList();
        foreach (var format in context.ReportFormats)
        {
            var text = format == ReportFormat.Md
                ? $"# {stats.ScenarioName}\n\n{Note}\n\n| code | count |\n|---|---|\n{string.Concat(rows.Select(row => $"| {row.StatusCode} | {row.Count} |\n"))}"
                : $"<!doctype html><title>{WebUtility.HtmlEncode(stats.ScenarioName)}</title><p>{Note}</p><table>{string.Concat(rows.Select(row => $"<tr><td>{WebUtility.HtmlEncode(row.StatusCode)}</td><td>{row.Count}</td></tr>"))}</table>";
            File.WriteAllText(Path.Combine(context.ReportFolder, $"{context.ReportFileName}.{(format == ReportFormat.Md ? "md" : "html")}"), text);
        }
    }
}
