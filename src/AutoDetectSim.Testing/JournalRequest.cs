using AutoDetectSim.Network.Journal;

namespace AutoDetectSim.Testing;

/// <summary>One HTTP request of the tool under test, and the answer to it.</summary>
public sealed record JournalRequest
{
    private static readonly Dictionary<string, string> None = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The method, for example <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The target as it was sent, for example <c>/detect?services=office365</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The status of the answer; null when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The headers of the request, without regard to the case of their names; values of one name are joined by commas. Empty for AutoDetect's own requests.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = None;

    /// <summary>The headers of the answer, in the same form.</summary>
    public IReadOnlyDictionary<string, string> AnswerHeaders { get; init; } = None;

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Target} -> {StatusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"}";

    internal static JournalRequest Of(RequestRecord record)
    {
        var first = record.Line.IndexOf(' ', StringComparison.Ordinal);
        var last = record.Line.LastIndexOf(' ');
        return new JournalRequest
        {
            Method = record.Line[..first],
            Target = last > first ? record.Line[(first + 1)..last] : record.Line[(first + 1)..],
            StatusCode = record.StatusCode,
            Headers = Joined(record.Headers),
            AnswerHeaders = Joined(record.AnswerHeaders),
        };
    }

    private static Dictionary<string, string> Joined(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var joined = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            joined[name] = joined.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return joined;
    }
}
