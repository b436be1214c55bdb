using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>One kind of HTTP answer that a host gave, with one answer as an example.</summary>
internal sealed record AnswerDocument
{
    private const int MostKinds = 20;
    private const int LongestValue = 2000;
    private const int LongestBody = 2000;

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required int Status { get; init; }

    /// <summary>Connections that got such an answer.</summary>
    public required int Count { get; init; }

    /// <summary>Names of the nodes that gave it.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Header fields of the example, in order of appearance.</summary>
    public required IReadOnlyList<HeaderDocument> Headers { get; init; }

    /// <summary>The beginning of the example's body.</summary>
    public required string Body { get; init; }

    /// <summary>The meaning of the answer, a sentence each.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The answers of a host, grouped by their content.</summary>
    public static IReadOnlyList<AnswerDocument> ListOf(HostDiagnosis host) =>
    [
        .. host.Observations
            .SelectMany(observation => observation.Answers.Select(answer => (Answer: answer, Words: AnswerText.Of(answer), Node: NodeFingerprint.Of(observation)?.Name)))
            .GroupBy(seen => (seen.Answer.Method, seen.Answer.Path, seen.Answer.StatusCode, Words: string.Join('\n', seen.Words.Where(word => !word.IsOfOneServer))))
            .Take(MostKinds)
            .Select(group => new AnswerDocument
            {
                Method = group.Key.Method,
                Path = group.Key.Path,
                Status = group.Key.StatusCode,
                Count = group.Count(),
                Nodes = [.. group.Select(seen => seen.Node).OfType<string>().Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)],
                Headers = [.. group.First().Answer.Headers.Select(header => new HeaderDocument(header.Key, Cut(header.Value, LongestValue)))],
                Body = Cut(group.First().Answer.Body, LongestBody),
                Words = [.. group.First().Words.Select(word => word.Text)],
            }),
    ];

    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");
}

/// <summary>One header field.</summary>
internal sealed record HeaderDocument(string Name, string Value);
