using System.Globalization;
using AutoDetectSim.Clients;
using AutoDetectSim.Clients.Provisioning;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Documents;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Observing;

namespace AutoDetectSim.Training.Sessions;

/// <summary>
/// Adds the account on a phone, as the customer can at any time: what the phone shows, whether mail comes, and what the customer's own servers have in
/// their logs of it. It shows no more than an administrator could see there.
/// </summary>
/// <param name="lab">The lab.</param>
/// <param name="address">The address that the customer speaks of.</param>
internal sealed class PhoneTrial(Lab lab, EmailAddress address)
{
    private const string RefusedToken = "error=\"invalid_token\"";

    /// <summary>Tries.</summary>
    public async Task<PhoneResult> RunAsync(CancellationToken cancellationToken)
    {
        using var observer = new LabObserver(lab);
        var answer = await observer.DetectOnceAsync(address, cancellationToken);
        var home = MailboxHomes.Of(lab.Scenario, address.Text);
        var outcome = Phone.OutcomeOf(PhoneAnswer.Parse(answer.StatusCode, answer.Body.Span), home);
        var requestId = answer.Headers.FirstOrDefault(header => string.Equals(header.Key, "X-Request-Id", StringComparison.OrdinalIgnoreCase)).Value;
        var detection = requestId is null ? null : lab.Journal.Find(requestId);
        var log = (detection?.Steps ?? []).SelectMany(step => Logged(step.Exchange, detection!.Caller, code: null)).ToList();
        var name = CamelCase<Outcome>.Of(outcome);
        if (home != MailboxHome.ExchangeOnPremises || outcome is not (Outcome.ModernAuthSignIn or Outcome.BasicAuthAdded))
        {
            return new PhoneResult { Outcome = name, Sentences = [Shown(outcome)], Log = log };
        }

        var provisioning = await lab.Provisioning.ProvisionAsync(address, cancellationToken);
        log.AddRange(provisioning.Steps.SelectMany(step => Logged(step.Exchange, provisioning.Caller, step.Code)));
        new AttemptTurns(lab).Continue((detection?.Steps ?? []).Select(step => step.Exchange), provisioning.Steps.Select(step => step.Exchange));
        var arrives = provisioning.Outcome is ProvisioningOutcome.Provisioned or ProvisioningOutcome.NotNeeded;
        return new PhoneResult { Outcome = name, MailArrives = arrives, Sentences = [.. Sentences(outcome, provisioning, arrives)], Log = log };
    }

    private static IEnumerable<string> Sentences(Outcome outcome, ProvisioningResult provisioning, bool arrives)
    {
        yield return Shown(outcome);
        if (provisioning.Steps is [.., { Asked: "token", Exchange: null }])
        {
            yield return "The sign-in window stays blank.";
        }
        else
        {
            yield return arrives ? "The account is added, and mail arrives." : "The account is added, but mail does not arrive.";
        }
    }

    private static string Shown(Outcome outcome) => $"The phone {OutcomeText.Seen(outcome)} ({CamelCase<Outcome>.Of(outcome)}).";

    private IEnumerable<ServerLogLine> Logged(LabHttpExchange? exchange, Caller caller, string? code)
    {
        if (exchange is not { Response: { } response, Connection: { LoadBalancer: { } balancer } connection } || !IsCustomers(balancer))
        {
            yield break;
        }

        var request = exchange.Request;
        yield return new ServerLogLine
        {
            Source = caller.Address.ToString(),
            Server = connection.Node ?? balancer,
            Method = request.Method,
            Url = Shown(request.Uri),
            UserAgent = request.Headers.FirstOrDefault(header => string.Equals(header.Key, "User-Agent", StringComparison.OrdinalIgnoreCase)).Value,
            Status = response.StatusCode,
            Diagnostics = response.Values("x-ms-diagnostics").FirstOrDefault()
                ?? (response.Values("WWW-Authenticate").Any(challenge => challenge.Contains(RefusedToken, StringComparison.Ordinal)) ? RefusedToken
                : code?.StartsWith("Status ", StringComparison.Ordinal) == true ? code : null),
        };
    }

    private bool IsCustomers(string balancer) =>
        lab.Network.CustomerVirtualIps.Any(virtualIp => string.Equals(virtualIp.Name, balancer, StringComparison.Ordinal));

    private static string Shown(Uri url)
    {
        var kept = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.StartsWith("Cmd=", StringComparison.Ordinal) || part.StartsWith("Protocol=", StringComparison.Ordinal) || part.StartsWith("DeviceType=", StringComparison.Ordinal));
        var query = string.Join('&', kept);
        return string.Create(CultureInfo.InvariantCulture, $"{url.Host}{url.AbsolutePath}{(query.Length == 0 ? string.Empty : "?" + query)}");
    }
}
