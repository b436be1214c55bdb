using System.Globalization;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Tells answers that can be from those that cannot, which are refused and cost nothing.</summary>
internal static class AnswerForms
{
    /// <summary>Why an answer cannot be the right one to any question of this kind; null if it can.</summary>
    /// <param name="question">The question.</param>
    /// <param name="value">The answer.</param>
    /// <param name="isHost">Tells whether there is a host of that name.</param>
    public static string? Problem(QuestionDefinition question, string value, Func<string, bool> isHost)
    {
        var given = AnswerObserver.Bare(value);
        return given.Length == 0 ? $"The answer to `{question.Name}` is empty."
            : IsNumber(question) ? int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"'{value}' is not a whole number, for example 3."
            : Words(question) is { } words ? words.Contains(given, StringComparer.OrdinalIgnoreCase) ? null : $"Unknown word '{value}'. Choose from: {string.Join(", ", words)}."
            : question.Fact is ObservedFact.ActiveSyncHost or ObservedFact.AutoDiscoverHost ? isHost(given) ? null : $"There is no host '{value}' here: give the host name alone, as in the URL."
            : question is { IssuerUrlOf: { Length: > 0 } } or { Fact: ObservedFact.AuthorizationUri } ? Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? null : $"'{value}' is not a URL, for example https://host/path."
            : null;
    }

    private static bool IsNumber(QuestionDefinition question) =>
        question is { NodesOf: { Length: > 0 } } or { NodesInServiceOf: { Length: > 0 } } or { CertificatesOf: { Length: > 0 } } or { Fact: ObservedFact.Status or ObservedFact.ChallengeStatus };

    private static IReadOnlyCollection<string>? Words(QuestionDefinition question) => question switch
    {
        { Client: { Length: > 0 } } => [.. CamelCase<ClientPasses>.All],
        { Fact: ObservedFact.Outcome } => [.. CamelCase<Outcome>.All],
        { Fact: ObservedFact.Provisioning } => [.. CamelCase<ProvisioningOutcome>.All],
        _ => null,
    };
}
