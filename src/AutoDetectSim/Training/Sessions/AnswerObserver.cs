using System.Globalization;
using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Clients;
using AutoDetectSim.Clients.Provisioning;
using AutoDetectSim.Network;
using AutoDetectSim.Probing;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Finds the answers to questions where they can be seen: in the lab.</summary>
/// <param name="lab">The lab.</param>
/// <param name="address">The address that the customer speaks of.</param>
internal sealed class AnswerObserver(Lab lab, SmtpAddress address)
{
    private readonly PresentedChainReader _reader = new(lab.Network, lab.Options.TimeProvider);

    /// <summary>How many detections it takes to answer a question.</summary>
    public static int DetectionsFor(QuestionDefinition question) => question is { NodesOf: null or "", CertificatesOf: null or "" } && question.Fact != ObservedFact.Provisioning ? 1 : 0;

    /// <summary>Every right answer to a question; none where there is nothing to be seen.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync(QuestionDefinition question, CancellationToken cancellationToken)
    {
        if (question.NodesOf is { Length: > 0 } balancer)
        {
            return [VirtualIpOf(balancer).Balancer.Nodes.Count.ToString(CultureInfo.InvariantCulture)];
        }

        if (question.CertificatesOf is { Length: > 0 } presenter)
        {
            return [(await ReadAsync(VirtualIpOf(presenter), cancellationToken)).ToString(CultureInfo.InvariantCulture)];
        }

        if (question.Fact == ObservedFact.Provisioning)
        {
            return [EnumNames<ProvisioningOutcome>.Of((await lab.Provisioning.ProvisionAsync(address, cancellationToken)).Outcome)];
        }

        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        var answer = await client.CallAsync(address.Text, ProbeRun.DefaultQuery, cancellationToken);
        return question switch
        {
            { Header: { Length: > 0 } name } => Header(answer, name) is { } value ? [value] : [],
            { Body: { Length: > 0 } path } => Select(Encoding.UTF8.GetString(answer.Body.Span), path),
            { Debug: { Length: > 0 } path } => Header(answer, "X-Debug-Support") is { } debug ? Select(Decode(debug), path) : [],
            _ => Fact(question.Fact, answer) is { } fact ? [fact] : [],
        };
    }

    /// <summary>Whether what a trainee wrote is one of the right answers: case, spaces at the ends, quotation marks and a dot at the end of a host do not matter.</summary>
    public static bool IsRight(string given, IReadOnlyList<string> answers) => answers.Any(answer => string.Equals(Bare(given), Bare(answer), StringComparison.OrdinalIgnoreCase));

    private string? Fact(ObservedFact? fact, FrontDoorAnswer answer)
    {
        var detection = Header(answer, "X-Request-Id") is { } requestId ? lab.Journal.Find(requestId) : null;
        return fact switch
        {
            ObservedFact.Status => answer.StatusCode.ToString(CultureInfo.InvariantCulture),
            ObservedFact.Outcome => EnumNames<Outcome>.Of(Phone.OutcomeOf(PhoneAnswer.Parse(answer.StatusCode, answer.Body.Span), MailboxHomes.Of(lab.Scenario, address.Text))),
            ObservedFact.ActiveSyncHost => Uri.TryCreate(detection?.AutoDv2?.Url, UriKind.Absolute, out var url) ? url.Host : null,
            ObservedFact.AutoDiscoverHost => detection?.Steps.LastOrDefault(step => step is { Stage: DetectionStage.AutoDv2, Url.AbsolutePath: var path } && path.StartsWith("/autodiscover/", StringComparison.OrdinalIgnoreCase))?.Host,
            _ => null,
        };
    }

    private async Task<int> ReadAsync(VirtualIp virtualIp, CancellationToken cancellationToken)
    {
        var node = virtualIp.Balancer.Nodes[0];
        return node.Identity is { } identity ? (await _reader.ReadAsync(virtualIp, node, identity.Settings(), cancellationToken)).Count : 0;
    }

    private VirtualIp VirtualIpOf(string balancer) => lab.Network.VirtualIps.First(virtualIp => string.Equals(virtualIp.Name, balancer, StringComparison.OrdinalIgnoreCase));

    private static string? Header(FrontDoorAnswer answer, string name) => answer.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static IReadOnlyList<string> Select(string json, string path) => JsonAnswer.Parse(json) is { } document ? [.. JsonAnswer.Select(document, path)] : [];

    private static string Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return string.Empty;
        }
    }

    private static string Bare(string text) => text.Trim().Trim('"', '\'', '`').TrimEnd('.');
}
