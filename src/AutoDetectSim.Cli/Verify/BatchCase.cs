using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Verify;

/// <summary>One line of a batch, read and checked.</summary>
internal sealed class BatchCase
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd't'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK",
    ];

    private readonly List<string> _problems = [];

    private BatchCase()
    {
    }

    /// <summary>The JSON of the id, to be repeated as it was given.</summary>
    internal string Id { get; private set; } = "null";

    internal IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; private set; } = [];

    internal TrustAnchors Anchors { get; private set; } = TrustAnchors.None;

    internal string? Host { get; private set; }

    /// <summary>The time of validation, or null for the current time.</summary>
    internal DateTimeOffset? At { get; private set; }

    /// <summary>All that is wrong with the line, or null.</summary>
    internal string? Error => _problems.Count == 0 ? null : string.Join("; ", _problems);

    internal static BatchCase Read(ReadOnlyMemory<byte> line, AnchorCache anchors)
    {
        var read = new BatchCase();
        try
        {
            using var document = StrangersJson.Parse(line);
            read.Fill(document.RootElement, anchors);
        }
        catch (JsonException exception)
        {
            read._problems.Add("not JSON: " + exception.Message);
        }

        return read;
    }

    private void Fill(JsonElement root, AnchorCache anchors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _problems.Add("not a JSON object");
            return;
        }

        if (root.TryGetProperty("id", out var id))
        {
            Id = id.GetRawText();
        }

        Presented = ReadPresented(root);
        if (TryGetTexts(root, "roots", out var roots))
        {
            Anchors = anchors.Get(roots, root.GetProperty("roots"));
        }

        Host = ReadText(root, "host");
        if (ReadText(root, "at") is { } at)
        {
            At = ReadTime(at);
        }
    }

    private List<ReadOnlyMemory<byte>> ReadPresented(JsonElement root)
    {
        var presented = new List<ReadOnlyMemory<byte>>();
        if (!TryGetTexts(root, "presented", out var texts))
        {
            return presented;
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (!PemCertificates.TryRead(texts[i], presented))
            {
                _problems.Add(string.Create(CultureInfo.InvariantCulture, $"\"presented\"[{i}] is not a PEM certificate"));
            }
        }

        return presented;
    }

    private bool TryGetTexts(JsonElement root, string name, out List<string> texts)
    {
        texts = [];
        if (!root.TryGetProperty(name, out var array) || array.ValueKind != JsonValueKind.Array)
        {
            _problems.Add($"\"{name}\" is not an array");
            return false;
        }

        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                _problems.Add($"\"{name}\" must contain only strings");
                return false;
            }

            texts.Add(item.GetString()!);
        }

        return true;
    }

    private string? ReadText(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _problems.Add($"\"{name}\" must be a string or null");
        return null;
    }

    private DateTimeOffset? ReadTime(string text)
    {
        if (TryReadTime(text, out var time))
        {
            return time;
        }

        _problems.Add("\"at\" is not an RFC 3339 time");
        return null;
    }

    internal static bool TryReadTime(string text, out DateTimeOffset time)
    {
        var normal = text.EndsWith('z') ? text[..^1] + "Z" : text;
        time = default;
        return normal.Length > 0
            && (normal[^1] == 'Z' || (normal.Length > 6 && normal[^6] is '+' or '-'))
            && DateTimeOffset.TryParseExact(normal, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
