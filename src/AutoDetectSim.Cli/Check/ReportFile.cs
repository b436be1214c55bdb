using AutoDetectSim.Cli.Output;
using AutoDetectSim.Reports;

namespace AutoDetectSim.Cli.Check;

/// <summary>Writes reports to files, in the form that the file's name asks for.</summary>
internal static class ReportFile
{
    /// <summary>Whether a report can be written under such a name.</summary>
    public static bool IsKnown(string name) => Path.GetExtension(name).ToUpperInvariant() is ".HTML" or ".HTM" or ".MD" or ".JSON";

    /// <summary>Writes a report.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, CheckDocument document, CancellationToken cancellationToken)
    {
        var text = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".MD" => MarkdownReport.Render(document),
            ".JSON" => JsonReport.Render(document),
            _ => HtmlReport.Render(document),
        };
        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }
}
