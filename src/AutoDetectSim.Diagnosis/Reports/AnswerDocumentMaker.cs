using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Groups the answers of a host by their content.</summary>
internal static class AnswerDocumentMaker
{
    private const int MostKinds = 20;
    private const int LongestValue = 2000;
    private const int LongestBody = 2000;

    public static IReadOnlyList<AnswerDocument> Make(HostDiagnosis host) =>
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
