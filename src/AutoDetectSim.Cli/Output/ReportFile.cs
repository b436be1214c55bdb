using System.CommandLine;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.Reports.Html;
using AutoDetectSim.Diagnosis.Reports.Markdown;
using AutoDetectSim.Documents.Files;

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
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public static void Write(OutputFile file, CheckDocument document) =>
        Write(file, () => MarkdownCheck.Render(document), () => JsonReport.Render(document), () => HtmlCheck.Render(document));

    /// <summary>Writes detections.</summary>
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public static void Write(OutputFile file, DetectDocument document) =>
        Write(file, () => MarkdownDetect.Render(document), () => JsonReport.Render(document), () => HtmlDetect.Render(document));

    private static void Write(OutputFile file, Func<string> markdown, Func<string> json, Func<string> html)
    {
        switch (Path.GetExtension(file.Path).ToUpperInvariant())
        {
            case ".JSON":
                file.Write(ContentSeal.Json.Seal(json()));
                break;
            case ".MD":
                file.Write(ContentSeal.Markup.Seal(markdown()));
                break;
            default:
                file.Write(ContentSeal.Markup.Seal(html()));
                break;
        }
    }
}
