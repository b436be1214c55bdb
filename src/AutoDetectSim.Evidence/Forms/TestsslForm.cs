using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Findings of testssl.sh 2.9 to 3.2 from JSON, flat (--jsonfile) or pretty (--jsonfile-pretty), and from CSV (--csvfile).</summary>
internal sealed class TestsslForm : IEvidenceForm
{
    public static bool IsLike(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray().Take(50).Any(IsFinding),
        JsonValueKind.Object => root.Find("scanResult") is { ValueKind: JsonValueKind.Array },
        _ => false,
    };

    public bool Starts(EvidenceLine line) => IsCsvHead(line.Text);

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => line.Text.Contains("\",\"", StringComparison.Ordinal);

    IEnumerable<EvidenceCall> IEvidenceForm.Read(IReadOnlyList<EvidenceLine> region) => ReadCsv(region);

    /// <summary>The calls of a JSON file.</summary>
    public static IEnumerable<EvidenceCall> Read(JsonElement root, int line)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return TestsslCalls.Make([.. root.EnumerateArray().Where(IsFinding).Select(element => Finding(element, element.FindText("ip"), Text(element, "port"), line))], at: null);
        }

        var findings = new List<TestsslFinding>();
        foreach (var result in root.FindItems("scanResult").Where(result => result.ValueKind == JsonValueKind.Object))
        {
            var target = $"{result.FindText("targetHost")}/{result.FindText("ip")}";
            var port = Text(result, "port");
            if (result.FindText("service") is { } service)
            {
                findings.Add(TestsslFinding.Of(target, port, "service", service, line));
            }

            findings.AddRange(result.EnumerateObject()
                .SelectMany(section => Flatten(section.Value))
                .Select(element => Finding(element, target, port, line)));
        }

        var at = (root.FindText("startTime") is { } seconds ? EvidenceTime.FromSeconds(seconds) : null) ?? EvidenceTime.Parse(root.FindText("at"));
        return TestsslCalls.Make(findings, at);
    }

    private static bool IsCsvHead(string text) => text.Replace("\"", "", StringComparison.Ordinal).StartsWith("id,fqdn/ip,port,severity,finding", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<EvidenceCall> ReadCsv(IReadOnlyList<EvidenceLine> lines)
    {
        var findings = new List<TestsslFinding>();
        for (var index = 0; index < lines.Count; index++)
        {
            // A mail program may have broken a record; each record has five quotations at least.
            var text = lines[index].Text;
            var line = lines[index].Number;
            while (text.Count(character => character == '"') % 2 == 1 && index + 1 < lines.Count && text.Length < 100_000)
            {
                text += " " + lines[++index].Text;
            }

            var fields = Fields(text);
            if (fields.Count >= 5 && fields[0].Length is > 0 and < 100 && fields[0] != "id")
            {
                findings.Add(TestsslFinding.Of(fields[1], fields[2], fields[0], fields[4], line));
            }
        }

        return TestsslCalls.Make(findings, at: null);
    }

    private static List<string> Fields(string text)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '"')
            {
                quoted = !quoted;
            }
            else if (text[index] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(text[index]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }

    /// <summary>Version 3.2 has arrays in sections of its pretty JSON.</summary>
    private static IEnumerable<JsonElement> Flatten(JsonElement section, int depth = 0)
    {
        if (depth > 4)
        {
            return [];
        }

        return section.ValueKind switch
        {
            JsonValueKind.Array => section.EnumerateArray().SelectMany(element => Flatten(element, depth + 1)),
            JsonValueKind.Object when IsFinding(section) => [section],
            JsonValueKind.Object => section.EnumerateObject().SelectMany(member => Flatten(member.Value, depth + 1)),
            _ => [],
        };
    }

    private static bool IsFinding(JsonElement element) => element.FindText("id") is not null && element.FindText("finding") is not null;

    private static TestsslFinding Finding(JsonElement element, string? target, string? port, int line) =>
        TestsslFinding.Of(target, port, element.FindText("id")!, element.FindText("finding")!, line);

    private static string? Text(JsonElement element, string name) => element.FindNumber(name)?.ToString(CultureInfo.InvariantCulture);
}
