using System.Text.Json;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Evidence.Forms;

namespace AutoDetectSim.Evidence;

/// <summary>Takes response headers out of the envelopes in which people mail them: quoted mail, curl -v, PowerShell's tables and lists, HAR files.</summary>
internal static class HeaderText
{
    /// <summary>The text with one header a line where it holds headers in another form, and without quotation marks of mail.</summary>
    public static string Open(string text)
    {
        var document = EvidenceDocument.Parse(text, "");
        foreach (var fragment in JsonFragment.Find(document, out _).Where(fragment => HarForm.IsLike(fragment.Root)))
        {
            return string.Join('\n', fragment.Root.FindItems("log", "entries").SelectMany(Lines));
        }

        var headers = PowerShellForm.IsListing(document.Lines) ? PowerShellForm.Headers(document.Lines) : [];
        return headers.Count > 0
            ? string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value}"))
            : string.Join('\n', document.Lines.Select(line => line.Text));
    }

    private static IEnumerable<string> Lines(JsonElement entry) => entry.FindItems("response", "headers")
        .Select(header => (Name: header.FindText("name"), Value: header.FindText("value")))
        .Where(header => header is { Name: not null, Value: not null })
        .Select(header => $"{header.Name}: {header.Value!.ReplaceLineEndings(" ")}")
        .Append("");
}
