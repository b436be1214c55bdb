using System.Text.Json;

namespace AutoDetectSim.Reports;

/// <summary>A check as indented JSON; the same document as <c>check --json</c>.</summary>
internal static class JsonReport
{
    private static readonly ReportJson Indented = new(new JsonSerializerOptions(ReportJson.Default.Options) { WriteIndented = true });

    public static string Render(CheckDocument document) => JsonSerializer.Serialize(document, Indented.CheckDocument) + "\n";
}
