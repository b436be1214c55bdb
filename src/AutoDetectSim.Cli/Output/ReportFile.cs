using System.CommandLine;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.Reports.Html;
using AutoDetectSim.Diagnosis.Reports.Markdown;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--report</c> option: a report in the form that the file's name asks for.</summary>
internal static class ReportFile
{
    /// <summary>The option; a name of another form is refused as it is read.</summary>
    public static Option<FileInfo?> CreateOption() => new("--report")
    {
        Description = "File for a report: .html (one page that works offline), .md (with Mermaid) or .json.",
        CustomParser = result =>
        {
            var path = result.Tokens[0].Value;
            if (Path.GetExtension(path).ToUpperInvariant() is ".HTML" or ".HTM" or ".MD" or ".JSON")
            {
                return new FileInfo(path);
            }

            result.AddError($"--report: '{path}' does not end with .html, .md or .json.");
            return null;
        },
    };

    /// <summary>Writes a check.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static Task WriteAsync(FileInfo file, CheckDocument document, CancellationToken cancellationToken) =>
        WriteAsync(file, () => MarkdownCheck.Render(document), () => JsonReport.Render(document), () => HtmlCheck.Render(document), cancellationToken);

    /// <summary>Writes detections.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static Task WriteAsync(FileInfo file, DetectDocument document, CancellationToken cancellationToken) =>
        WriteAsync(file, () => MarkdownDetect.Render(document), () => JsonReport.Render(document), () => HtmlDetect.Render(document), cancellationToken);

    private static async Task WriteAsync(FileInfo file, Func<string> markdown, Func<string> json, Func<string> html, CancellationToken cancellationToken)
    {
        var text = file.Extension.ToUpperInvariant() switch
        {
            ".MD" => markdown(),
            ".JSON" => json(),
            _ => html(),
        };
        try
        {
            await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file.FullName}: {exception.Message}");
        }
    }
}
