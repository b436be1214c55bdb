using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Evidence.Forms;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Evidence;

/// <summary>
/// Reads what a customer can send by mail. The first stages of one pipeline: the envelope (encoding, quotation, indentation) is taken off, forms are
/// recognized, and each yields calls.
/// </summary>
internal static class EvidenceReader
{
    /// <summary>Bytes of a file at most; HAR files are large.</summary>
    public const int MaximumSize = 64 * 1024 * 1024;

    /// <summary>Lines before a command in which its variables may be set.</summary>
    private const int LinesOfScript = 12;

    /// <summary>Forms of text; where a line could begin several, the first one takes it.</summary>
    private static readonly IEvidenceForm[] Forms =
    [
        new TestsslForm(), new TestHmaEasForm(), new AnalyzerForm(), new SClientForm(), new GnutlsForm(), new NmapForm(), new SslscanForm(), new KeytoolForm(), new CurlForm(), new PowerShellForm(), new HttpForm(), new PemForm(), new HexForm(),
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="EvidenceException">The file cannot be read, or holds nothing that is known.</exception>
    public static EvidenceReading Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = InputFile.Read(path, MaximumSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"{path}: {exception.Message}");
        }

        return Parse(EvidenceBytes.Decode(bytes), Path.GetFileName(path));
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="EvidenceException">The text holds nothing that is known.</exception>
    public static EvidenceReading Parse(string text, string name)
    {
        try
        {
            return Read(EvidenceDocument.Parse(text, name));
        }
        catch (RegexMatchTimeoutException)
        {
            throw new EvidenceException($"{name}: the text is too tangled to be read. Cut it down to the output of the commands.");
        }
    }

    private static EvidenceReading Read(EvidenceDocument document)
    {
        var calls = new List<EvidenceCall>();
        var remarks = new List<string>();
        var fragments = JsonFragment.Find(document, out var problem);
        var taken = new List<JsonFragment>();
        foreach (var fragment in fragments)
        {
            if (IsOfSslLabs(fragment.Root))
            {
                taken.Add(fragment);
            }
            else if (ReadJson(fragment) is { } read)
            {
                taken.Add(fragment);
                calls.AddRange(read);
                if (fragment.IsCutShort)
                {
                    remarks.Add($"{document.Name}, line {fragment.FirstLine}: the JSON ends before its end; what is there was read");
                }
            }
        }

        var scans = XmlFragment.Find(document, NmapXml.Element, out var broken);
        calls.AddRange(scans.SelectMany(NmapXml.Read));
        if ((problem ?? broken) is { } why && calls.Count == 0)
        {
            throw new EvidenceException($"{document.Name}, {why}");
        }

        List<EvidenceLine> text = [.. document.Lines.Where(line => !taken.Exists(fragment => line.Number >= fragment.FirstLine && line.Number <= fragment.LastLine)
            && !scans.Any(scan => line.Number >= scan.FirstLine && line.Number <= scan.LastLine))];
        foreach (var (form, region) in Regions(text))
        {
            calls.AddRange(form.Read(region));
        }

        var key = document.Lines.FirstOrDefault(line => line.Text.StartsWith("-----BEGIN", StringComparison.Ordinal) && line.Text.Contains("PRIVATE KEY-----", StringComparison.Ordinal));
        if (key is not null)
        {
            remarks.Add($"{document.Name}, line {key.Number}: this is a private key, which was not used. Delete the file, and have the key replaced");
        }

        var times = new TextTimes(document.Lines);
        return calls.Count > 0
            ? new EvidenceReading([.. calls.OrderBy(call => call.Line).Select(call => times.Apply(call) with { Origin = document.Name })], remarks) { Unread = UnreadFaults.Find(document, text, calls) }
            : throw new EvidenceException(Refusal.Of(document, taken.Count > 0));
    }

    /// <summary>SSL Labs lists certificates that it downloaded itself among those that were sent.</summary>
    private static bool IsOfSslLabs(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Take(1).Any(IsOfSslLabs) : root.Find("endpoints") is { ValueKind: JsonValueKind.Array } && root.Find("certs") is { ValueKind: JsonValueKind.Array };

    private static IReadOnlyList<EvidenceCall>? ReadJson(JsonFragment fragment)
    {
        var (root, line) = (fragment.Root, fragment.FirstLine);
        return TestsslForm.IsLike(root) ? [.. TestsslForm.Read(root, line)]
            : SslyzeForm.IsLike(root) ? [.. SslyzeForm.Read(root, line)]
            : HarForm.IsLike(root) ? [.. HarForm.Read(root, line)]
            : null;
    }

    /// <summary>Stretches of lines of one form each.</summary>
    private static IEnumerable<(IEvidenceForm Form, IReadOnlyList<EvidenceLine> Lines)> Regions(IEnumerable<EvidenceLine> lines)
    {
        var region = new List<EvidenceLine>();
        IEvidenceForm? current = null;
        foreach (var line in lines)
        {
            var form = Array.Find(Forms, form => form.Starts(line));
            if (form is not null && form != current && current?.Keeps(region, line) != true)
            {
                if (current is not null)
                {
                    yield return (current, region);
                }

                // What a command's variables are set to stands before it.
                (region, current) = (ShellVariables.Uses(line.Text) ? region.TakeLast(LinesOfScript).Where(known => ShellVariables.IsLike(known.Text)).ToList() : [], form);
            }

            region.Add(line);
        }

        if (current is not null)
        {
            yield return (current, region);
        }
    }
}
