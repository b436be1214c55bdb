using System.Globalization;
using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Diagnosis.Json;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;
using AutoDetectSim.Hosting;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Observing;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Finds the answers to questions where they can be seen: in the lab.</summary>
/// <param name="lab">The lab.</param>
/// <param name="address">The address that the customer speaks of.</param>
internal sealed class AnswerObserver(Lab lab, EmailAddress address)
{
    private readonly PresentedChainReader _reader = new(lab.Network, lab.Options.TimeProvider);

    /// <summary>
    /// Every right answer to each question of a case, by the question's name. Questions are about the lab as the customer has it, and
    /// a repair removes their answers, so they are found beforehand; the lab then starts the case again.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AnswersAsync(TrainingCase trainingCase, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var question in trainingCase.Questions)
        {
            answers[question.Name] = await AnswersAsync(question, cancellationToken);
            await lab.Control.RestartAsync(trainingCase.Broken, "The case begins.", cancellationToken);
        }

        return answers;
    }

    /// <summary>Every right answer to a question in the lab as it is now; none where there is nothing to be seen.</summary>
    private async Task<IReadOnlyList<string>> AnswersAsync(QuestionDefinition question, CancellationToken cancellationToken)
    {
        if (question.NodesOf is { Length: > 0 } balancer)
        {
            return [VirtualIpOf(balancer).Balancer.Nodes.Count.ToString(CultureInfo.InvariantCulture)];
        }

        if (question.NodesInServiceOf is { Length: > 0 } serving)
        {
            return [NodeShares.Of(VirtualIpOf(serving).Balancer).Count.ToString(CultureInfo.InvariantCulture)];
        }

        if (question.CertificatesOf is { Length: > 0 } presenter)
        {
            var virtualIp = VirtualIpOf(presenter);
            return [(await ReadAsync(virtualIp, virtualIp.Balancer.Nodes[0], cancellationToken)).Count.ToString(CultureInfo.InvariantCulture)];
        }

        if (question.IssuerUrlOf is { Length: > 0 } incomplete)
        {
            return await MissingIssuerUrlsAsync(VirtualIpOf(incomplete), cancellationToken);
        }

        if (question.Client is { Length: > 0 } name && KnownClients.Find(name) is { } profile)
        {
            return (await ClientExpectation.PassesAsync(lab, address, [profile], cancellationToken)).Values.Select(CamelCase<ClientPasses>.Of).ToList();
        }

        if (question.Fact == ObservedFact.Provisioning)
        {
            return [CamelCase<ProvisioningOutcome>.Of((await lab.Provisioning.ProvisionAsync(address, cancellationToken)).Outcome)];
        }

        using var observer = new LabObserver(lab);
        var answer = await observer.DetectOnceAsync(address, cancellationToken);
        return question switch
        {
            { Header: { Length: > 0 } header } => Header(answer, header) is { } value ? [value] : [],
            { Body: { Length: > 0 } path } => Select(Encoding.UTF8.GetString(answer.Body.Span), path),
            { Debug: { Length: > 0 } path } => SelectDecoded(answer, AutoDetectHeaders.DebugSupport, path),
            { Token: { Length: > 0 } path } => SelectDecoded(answer, AutoDetectHeaders.FeedbackToken, path),
            { Fact: ObservedFact.Outcome } => Outcomes(answer),
            _ => Fact(question.Fact, answer) is { } fact ? [fact] : [],
        };
    }

    /// <summary>Whether what a trainee wrote is one of the right answers: case, spaces at the ends, quotation marks and a dot at the end of a host do not matter.</summary>
    public static bool IsRight(string given, IReadOnlyList<string> answers) => answers.Any(answer => string.Equals(Bare(given), Bare(answer), StringComparison.OrdinalIgnoreCase));

    // Who looks from outside does not know where the mailbox is, and cannot call a provider the wrong one.
    private IReadOnlyList<string> Outcomes(FrontDoorAnswer answer)
    {
        var seen = PhoneAnswer.Parse(answer.StatusCode, answer.Body.Span);
        return [CamelCase<Outcome>.Of(Phone.OutcomeOf(seen, MailboxHomes.Of(lab.Scenario, address.Text))), CamelCase<Outcome>.Of(Phone.OutcomeOf(seen))];
    }

    private string? Fact(ObservedFact? fact, FrontDoorAnswer answer)
    {
        var detection = Header(answer, "X-Request-Id") is { } requestId ? lab.Journal.Find(requestId) : null;
        return fact switch
        {
            ObservedFact.Status => answer.StatusCode.ToString(CultureInfo.InvariantCulture),
            ObservedFact.ActiveSyncHost => Uri.TryCreate(detection?.AutoDv2?.Url, UriKind.Absolute, out var url) ? url.Host : null,
            ObservedFact.ChallengeStatus => Challenge(detection)?.StatusCode.ToString(CultureInfo.InvariantCulture),
            ObservedFact.AuthorizationUri => WwwAuthenticate.Parse(Challenge(detection)?.Values("WWW-Authenticate") ?? []).Select(challenge => challenge.HasScheme("Bearer") ? challenge.Parameter("authorization_uri") : null).FirstOrDefault(uri => uri is { Length: > 0 }),
            ObservedFact.AutoDiscoverHost => detection?.Steps.LastOrDefault(step => step is { Stage: DetectionStage.AutoDv2, Url.AbsolutePath: var path } && path.StartsWith("/autodiscover/", StringComparison.OrdinalIgnoreCase))?.Host,
            _ => null,
        };
    }

    private static LabHttpResponse? Challenge(Detection? detection) =>
        detection?.Steps.LastOrDefault(step => step.Exchange is { } exchange && string.Equals(exchange.Request.Uri.ToString(), detection.AutoDv2?.Url, StringComparison.OrdinalIgnoreCase))?.Exchange?.Response;

    private async Task<IReadOnlyList<string>> MissingIssuerUrlsAsync(VirtualIp virtualIp, CancellationToken cancellationToken)
    {
        var urls = new List<string>();
        foreach (var node in virtualIp.Balancer.Nodes)
        {
            var presented = await ReadAsync(virtualIp, node, cancellationToken);
            if (presented.Count > 0 && lab.Validator.Validate(presented, lab.Anchors, virtualIp.Hosts[0], lab.Options.TimeProvider.GetUtcNow()).MissingIssuer?.CaIssuersUrl is { } url)
            {
                urls.Add(url);
            }
        }

        return urls;
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(VirtualIp virtualIp, ServedNode node, CancellationToken cancellationToken) =>
        node.Identity is { } identity ? await _reader.ReadAsync(virtualIp, node, identity.Settings(), cancellationToken) : [];

    private VirtualIp VirtualIpOf(string balancer) => lab.Network.VirtualIps.First(virtualIp => string.Equals(virtualIp.Name, balancer, StringComparison.OrdinalIgnoreCase));

    private static string? Header(FrontDoorAnswer answer, string name) => answer.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static IReadOnlyList<string> Select(string json, string path) => JsonAnswer.Parse(json) is { } document ? [.. JsonAnswer.Select(document, path)] : [];

    private static IReadOnlyList<string> SelectDecoded(FrontDoorAnswer answer, string header, string path)
    {
        if (Header(answer, header) is not { } value)
        {
            return [];
        }

        try
        {
            var decoded = HeaderExplainer.Explain(new Dictionary<string, string>(StringComparer.Ordinal) { [header] = value }).Headers[0];
            return Select(decoded.Value!.Value.GetRawText(), path);
        }
        catch (UnreadableHeaderException)
        {
            return [];
        }
    }

    /// <summary>An answer without what does not matter at its ends.</summary>
    public static string Bare(string text) => text.Trim().Trim('"', '\'', '`').TrimEnd('.');
}
