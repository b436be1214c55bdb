using System.Globalization;
using System.Net;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>Finds out which host each call is about, and which calls are about another service than AutoDetect's.</summary>
internal static class CallPlacer
{
    private const int Https = 443;
    private const string AutoDiscoverLabel = "autodiscover.";

    private static readonly Dictionary<int, string> MailPorts = new()
    {
        [25] = "SMTP",
        [465] = "SMTP",
        [587] = "SMTP",
        [143] = "IMAP",
        [993] = "IMAP",
        [110] = "POP3",
        [995] = "POP3",
        [389] = "LDAP",
        [636] = "LDAP",
        [3389] = "Remote Desktop",
        [21] = "FTP",
        [990] = "FTP",
    };

    public static IReadOnlyList<PlacedCall> Place(IReadOnlyList<EvidenceCall> calls, EvidenceQuestion question)
    {
        var placed = calls.Select(call => PlaceOne(call, question)).ToList();
        var known = placed.Where(call => call.Unused is null).Select(call => call.Host).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var activeSync = placed.SelectMany(call => call.Call.Answers).Select(ActiveSyncHost).OfType<string>().FirstOrDefault();
        return [.. placed.Select(call => call.Host is null && call.Unused is null ? Conclude(call, question, known, activeSync) : call)];
    }

    private static PlacedCall PlaceOne(EvidenceCall call, EvidenceQuestion question)
    {
        var named = NameOf(call.ServerName) ?? NameOf(call.Host);
        var isElsewhere = call.Host is not null && NameOf(call.Host) is null;
        var port = call.Port ?? Https;
        var placed = new PlacedCall(call, named);
        if (call.IsOfAutoDetect)
        {
            return placed with { Unused = $"it is AutoDetect's own answer ({call.AutoDetectError ?? "without an error"}), which does not show what the customer's servers send" };
        }

        if (call.Protocol is { } protocol && protocol is not ("https" or "http"))
        {
            return placed with { Unused = $"it is {protocol.ToUpperInvariant()}, which AutoDetect does not speak" };
        }

        if (named is not null && MicrosoftHosts.Contains(named) && !string.Equals(named, question.Host, StringComparison.OrdinalIgnoreCase))
        {
            return placed with { Unused = "it is a host of Microsoft's, which shows nothing of the customer's servers" };
        }

        if (port == Https || port == question.Port)
        {
            return port != question.Port || port == Https ? placed : placed.Guess($"port {Number(port)} counts as 443, as the command says");
        }

        if (MailPorts.TryGetValue(port, out var service))
        {
            return placed with { Unused = $"port {Number(port)} is {service}, and says nothing of 443" };
        }

        // A tunnel or a test behind a forwarded port: the name in SNI says whom it means.
        if (isElsewhere && (named ?? question.Host) is not null)
        {
            return placed.Guess($"{call.Host}:{Number(port)} is taken for a forwarded port 443 of {named ?? question.Host}");
        }

        return placed with { Unused = $"port {Number(port)} is not 443, where AutoDetect connects; if it was forwarded, give HOST:{Number(port)}" };
    }

    private static PlacedCall Conclude(PlacedCall placed, EvidenceQuestion question, List<string> known, string? activeSync)
    {
        var call = placed.Call;
        if (call.Sent.Count == 0 && call.Answers.Count > 0)
        {
            var isAutoDiscover = call.Answers[0].Path.StartsWith("/autodiscover/", StringComparison.OrdinalIgnoreCase);
            var domain = question.Email?[(question.Email.LastIndexOf('@') + 1)..].ToLowerInvariant();
            var meant = isAutoDiscover
                ? known.Find(IsAutoDiscover) ?? (question.Host is { } asked && IsAutoDiscover(asked) ? asked : null) ?? (domain is null ? null : AutoDiscoverLabel + domain) ?? question.Host
                : (question.Host is { } given && !IsAutoDiscover(given) ? given : null) ?? activeSync ?? known.Find(host => !IsAutoDiscover(host)) ?? question.Host ?? known.FirstOrDefault();
            return meant is null ? placed : string.Equals(meant, question.Host, StringComparison.OrdinalIgnoreCase) ? placed with { Host = meant } : (placed with { Host = meant }).Guess($"nothing says which host answered; {meant} is assumed");
        }

        if (question.Host is not null)
        {
            return placed with { Host = question.Host };
        }

        if (known.Count == 1 && (call.Sent.Count == 0 || Covers(call, known[0])))
        {
            return (placed with { Host = known[0] }).Guess($"nothing says which host it was; {known[0]} is assumed, as in the rest of the evidence");
        }

        return OfCertificate(call) is { } host ? (placed with { Host = host }).Guess($"nothing says which host it was; {host} is assumed, as the certificate is for it") : placed;
    }

    /// <summary>The name that a certificate is most likely presented for.</summary>
    private static string? OfCertificate(EvidenceCall call)
    {
        if (call.Sent.Count == 0)
        {
            return null;
        }

        var leaf = call.Sent[0].Der is { } der ? DecodedCertificate.TryDecode(der, out _, out _)?.Summary : null;
        var names = (leaf?.DnsNames ?? call.Sent[0].Hosts).Select(name => name.ToLowerInvariant()).ToList();
        var common = call.Sent[0].Subject?.CommonName?.ToLowerInvariant();
        if (names.Count == 0 && common is not null)
        {
            names.Add(common);
        }

        var host = names.Find(IsAutoDiscover)
            ?? names.Find(name => !name.StartsWith('*'))
            ?? names.Where(name => name.StartsWith("*.", StringComparison.Ordinal)).Select(name => AutoDiscoverLabel + name[2..]).FirstOrDefault();
        return NameOf(host) is { } known && known.Contains('.', StringComparison.Ordinal) ? known : null;
    }

    /// <summary>Whether the server's own certificate is for a host, as far as its names are known.</summary>
    public static bool Covers(EvidenceCall call, string host)
    {
        var leaf = call.Sent[0].Der is { } der ? DecodedCertificate.TryDecode(der, out _, out _)?.Summary : null;
        var names = leaf is { DnsNames.Count: > 0 } ? leaf.DnsNames : call.Sent[0].Subject?.CommonName is { } common ? [common] : [];
        return names.Any(name => HostPattern.Covers(name, host));
    }

    private static string? ActiveSyncHost(ObservedAnswer answer)
    {
        var reading = AnswerReading.Of(new Observation { Number = 0, Host = "", Port = 0, Answers = [answer] }, HostRole.AutoDiscover);
        return WebAddress.TryParse(reading.ActiveSyncUrl, out var uri) ? uri.IdnHost : null;
    }

    private static bool IsAutoDiscover(string host) => host.StartsWith(AutoDiscoverLabel, StringComparison.OrdinalIgnoreCase);

    /// <summary>A host name; an address, this computer and a name without a domain are none.</summary>
    private static string? NameOf(string? host) =>
        host is null || IPAddress.TryParse(host, out _) || !host.Contains('.', StringComparison.Ordinal) || Uri.CheckHostName(host) != UriHostNameType.Dns || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            ? null
            : host.ToLowerInvariant();

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
