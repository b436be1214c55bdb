namespace AutoDetectSim.Exchange.Answers;

/// <summary>All generated answers of one generation of a lab, by organization and case.</summary>
internal sealed class AnswerTable
{
    private readonly Dictionary<(string Organization, string Key), Func<RequestFacts, Answer>> _answers = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>The operation and case of every answer, each once.</summary>
    public IReadOnlyCollection<string> Keys => _keys;

    /// <summary>Adds the answers of an organization, or of Exchange Online. Throws <see cref="ArgumentException"/> for a case that it has twice.</summary>
    public void Add(string organization, IEnumerable<AnswerDefinition> answers)
    {
        foreach (var answer in answers)
        {
            _answers.Add((organization, answer.Key), answer.Give);
            _keys.Add(answer.Key);
        }
    }

    /// <summary>Makes the answer to the request with these facts. Throws <see cref="KeyNotFoundException"/> for an organization or a case that is not in the table.</summary>
    public Answer Give(RequestFacts facts) => _answers[(facts[RequestFacts.Organization], facts[RequestFacts.Answer])](facts);
}
