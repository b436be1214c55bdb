using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>Counts what an expectation asks of AutoDetect's answers beyond success, error and outcome.</summary>
internal sealed class AnswerTally(Expectation expectation)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _statuses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _headerDifferences = new(StringComparer.Ordinal);

    /// <summary>How often each status occurred.</summary>
    public IReadOnlyDictionary<string, int> Statuses => _statuses;

    /// <summary>How often each account was found, in the form of <see cref="Expectation.Found"/>.</summary>
    public IReadOnlyDictionary<string, int> Found => _found;

    /// <summary>Each way in which a header was not as expected, once.</summary>
    public IReadOnlyCollection<string> HeaderDifferences => _headerDifferences;

    /// <summary>Takes one answer.</summary>
    public void Add(FrontDoorAnswer answer)
    {
        lock (_gate)
        {
            Count(_statuses, answer.StatusCode.ToString(CultureInfo.InvariantCulture));
            foreach (var account in expectation.Found is null ? [] : Accounts(answer.Body))
            {
                Count(_found, account);
            }

            foreach (var (name, expected) in expectation.Headers?.AsEnumerable() ?? [])
            {
                var value = answer.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
                if (expected.Length == 0 ? value is not null : value is null || !FileSystemName.MatchesSimpleExpression(Escape(expected), value, ignoreCase: false))
                {
                    _headerDifferences.Add($"headers: expected {name} {(expected.Length == 0 ? "to be absent" : $"to be {expected}")}, got {value ?? "none"}");
                }
            }
        }
    }

    // Only the asterisk is a pattern here.
    private static string Escape(string expected) => expected.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);

    private static IEnumerable<string> Accounts(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = StrangersJson.Parse(body);
        }
        catch (JsonException)
        {
            // No body: nothing was found.
            yield break;
        }

        using (document)
        {
            foreach (var service in Members(document.RootElement, "services"))
            {
                yield return Text(service, "service") ?? "?";
            }

            foreach (var protocol in Members(document.RootElement, "protocols"))
            {
                var port = protocol.TryGetProperty("port", out var number) ? ":" + number.GetRawText() : string.Empty;
                yield return $"{Text(protocol, "protocol")}://{Text(protocol, "hostname")}{port}";
            }
        }
    }

    private static IEnumerable<JsonElement> Members(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(member => member.ValueKind == JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
