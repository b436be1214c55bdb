using System.Globalization;
using AutoDetectSim.Documents;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Reporting;

namespace AutoDetectSim.Cli.Learn;

/// <summary>Writes a report as comma-separated values (RFC 4180). The columns are a contract: they are added at the end, never renamed.</summary>
internal static class ReportCsv
{
    private static readonly string[] Columns =
    [
        "trainee", "lesson", "title", "level", "state", "attempt", "hints", "probes", "probesNeeded", "diagnoses", "bestDiagnosis", "wrongAnswers", "repairs", "repairsWithoutEffect", "harmfulRepairs",
        "verifications", "points", "startedAt", "endedAt", "stuckAt", "file",
    ];

    public static void Write(ClassReport report, TextWriter writer)
    {
        WriteLine(Columns, writer);
        foreach (var entry in report.Entries)
        {
            WriteLine(
                [
                    entry.Trainee, entry.Lesson, entry.Title, Text(entry.Level), CamelCase<LessonState>.Of(entry.State), Text(entry.Attempt), Text(entry.Hints), Text(entry.Probes), Text(entry.ProbesNeeded),
                    Text(entry.Diagnoses), Text(entry.BestDiagnosis), Text(entry.WrongAnswers), Text(entry.Repairs), Text(entry.RepairsWithoutEffect), Text(entry.HarmfulRepairs), Text(entry.Verifications),
                    Text(entry.Points), Text(entry.StartedAt), Text(entry.EndedAt), entry.StuckAt is { } point ? CamelCase<StuckPoint>.Of(point) : string.Empty, entry.File,
                ],
                writer);
        }
    }

    private static void WriteLine(IEnumerable<string> fields, TextWriter writer)
    {
        writer.Write(string.Join(',', fields.Select(Field)));
        writer.Write("\r\n");
    }

    private static string Field(string text)
    {
        // A spreadsheet would take a name such as "=1+1" for a formula.
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Text(IFormattable? value) => value switch
    {
        null => string.Empty,
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => value.ToString(format: null, CultureInfo.InvariantCulture),
    };
}
