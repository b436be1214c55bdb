using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Says what to do about each fault; what is to be done alike in several places is said once.</summary>
internal static class CheckAdvice
{
    public static IReadOnlyList<string> For(CheckResult result)
    {
        var tasks = new List<(string Node, string Host, string Task)>();
        foreach (var host in result.Hosts)
        {
            foreach (var chain in host.Chains.Where(chain => chain.Faults.Count > 0))
            {
                tasks.AddRange(chain.Nodes.Select(node => (node, host.Host, ForChain(chain))));
            }

            tasks.AddRange(host.Nodes.SelectMany(node => node.Faults.Select(ForAnswer).OfType<string>().Select(task => (node.Name, host.Host, task))));
        }

        var remarks = result.Hosts.SelectMany(host => host.Nodes.SelectMany(node => node.Remarks.Select(remark =>
            (node.Name, host.Host, Task: $"tidy up when there is time: {FaultNames.Words(remark)}. Clients of today cope, older ones may not."))));
        // What stopped a node that is known by name is told there.
        var transport = result.Hosts.SelectMany(host => host.Timeline
                .Where(attempt => attempt.Node is null || host.Nodes.Any(node => node.Name == attempt.Node && node.Faults.Contains(FaultNames.NoHandshake, StringComparer.Ordinal)))
                .Select(attempt => attempt.Code).Distinct(StringComparer.Ordinal)
                .Select(code => (host.Host, Task: ForTransport(code))))
            .Where(pair => pair.Task is not null)
            .GroupBy(pair => pair.Task, pair => pair.Host, StringComparer.Ordinal)
            .Select(group => $"{string.Join(", ", group.Distinct(StringComparer.OrdinalIgnoreCase))}: {group.Key}");
        var strangers = result.Strangers.Select(stranger =>
            $"{stranger.Host}: in DNS, {(stranger.Address.Contains(':', StringComparison.Ordinal) ? "an AAAA record" : "an A record")} leads to {stranger.Address}, where another server answers ({stranger.Subject}, {stranger.Code}). Correct or delete that record; {stranger.Good} is in order.");
        return [.. strangers, .. Gather(tasks), .. transport, .. Gather(remarks)];
    }

    private static IEnumerable<string> Gather(IEnumerable<(string Node, string Host, string Task)> tasks) => tasks
        .GroupBy(task => task.Task, StringComparer.Ordinal)
        .Select(group =>
        {
            var nodes = group.Select(task => task.Node).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance).ToList();
            var hosts = group.Select(task => task.Host).Distinct(StringComparer.OrdinalIgnoreCase);
            return $"On {NameRow.Of(nodes)} ({string.Join(", ", hosts)}): {group.Key}";
        });

    private static string ForChain(ChainGroup chain)
    {
        var leaf = chain.Strict.Presented.Count > 0 ? chain.Strict.Presented[0] : null;
        return chain.Faults[0] switch
        {
            FaultNames.MissingIntermediate or FaultNames.WrongIntermediate or FaultNames.UnrelatedIntermediate => $"install the intermediate certificate {Missing(chain)} and make the server present it after its own. On Windows it goes into the computer's Intermediate Certification Authorities store, on a balancer that ends TLS into the chain of its TLS profile.",
            FaultNames.ExpiredIntermediate => "replace the expired intermediate by the current one of the same authority, and remove the old one from the server's store, or it is sent again.",
            FaultNames.ExpiredLeaf => $"renew the certificate{(leaf is null ? "" : $" {leaf.Subject}")} and bind the new one.",
            FaultNames.NotYetValidLeaf or FaultNames.NotYetValidIntermediate => "check the server's clock and the start of validity of its certificates; bind the former ones until then.",
            FaultNames.NameMismatch => $"bind a certificate whose subjectAltName holds the host name{(leaf is { DnsNames.Count: > 0 } ? $" (this one is for {string.Join(", ", leaf.DnsNames)})" : "")}.",
            FaultNames.SelfSigned => "bind a certificate of a public authority; AutoDetect trusts no self-signed one.",
            FaultNames.UntrustedRoot when chain.Strict.MissingIssuer is { } issuer => $"bind a certificate of a public authority; AutoDetect trusts no root that leads to {issuer.IssuerName}, whatever the company's computers do. Should that be an intermediate of a public authority, present it as well.",
            FaultNames.UntrustedRoot or FaultNames.UntrustedRootIncluded => "bind a certificate of a public authority; AutoDetect does not trust this root, whatever the company's computers do.",
            FaultNames.ExpiredCrossSign => "take the expired cross certificate out of what the server presents, and present the chain to the authority's present root. Clients that know the old root only have to learn the present one.",
            FaultNames.ClientAuthOnly or FaultNames.WrongPurpose => "bind a certificate whose extended key usage allows server authentication.",
            FaultNames.ExpiredRoot => "the root itself has expired: move to a certificate below a current root.",
            _ => chain.Strict.Explanation,
        };
    }

    private static string Missing(ChainGroup chain) => chain.Strict.MissingIssuer is { } missing
        ? missing.IssuerName
            + (missing.AuthorityKeyIdentifier is { } key ? $" (key identifier {key})" : "")
            + (missing.CaIssuersUrl is { } url ? $", which can be downloaded from {url}," : "")
        : chain.Strict.Presented.Count > 0 ? chain.Strict.Presented[0].Issuer : "that issued the server's certificate";

    private static string? ForAnswer(string fault) => fault switch
    {
        FaultNames.ProtocolVersion => "switch TLS 1.2 on: in Schannel's settings on Windows, in the TLS profile of a balancer that ends TLS.",
        FaultNames.ClientCertificate => "do not demand client certificates: AutoDetect and phones have none. Look at the SSL settings of the virtual directories, and at the balancer.",
        FaultNames.NoAnswer => "no HTTP answer comes: look at the application pools of these servers, and at devices that inspect requests.",
        FaultNames.MalformedAnswer => "the answer breaks the rules of HTTP, and AutoDetect's parser is strict: find the device in front that writes or changes it. Browsers and curl put up with much of this.",
        FaultNames.NoAutoDiscoverV2 => "AutoDiscover V2 does not answer with a URL: check the build and the AutoDiscover virtual directory of these servers.",
        FaultNames.PreAuthentication => "let AutoDiscover and ActiveSync through to Exchange without a logon in front: AutoDetect has nothing to log on with, and hybrid modern authentication supports no device that asks for it.",
        FaultNames.RedirectLoop => "AutoDiscover V2 redirects in a circle: look at redirect rules of servers and proxies. Exchange Online redirects to itself for an address that it does not know.",
        FaultNames.NoActiveSync => "ActiveSync answers with an error before anybody has logged on: look at the state of its virtual directory and application pool, at IP and request filters, and at devices in front.",
        FaultNames.ChallengesRemoved => "ActiveSync's 401 comes without WWW-Authenticate: find the proxy that takes the header away, and let it pass.",
        FaultNames.MissingAuthorizationUri => "ActiveSync's Bearer challenge has no authorization_uri: make EvoSts the default authorization endpoint (Set-AuthServer), and look whether OAuth is enabled for the organization.",
        FaultNames.TlsOffload => "Exchange is asked in plain HTTP and refuses tokens for its https address: let the balancer speak TLS to the servers as well (bridging).",
        FaultNames.NoModernAuthentication => "ActiveSync does not offer modern authentication, although other servers do: set OAuth on the ActiveSync virtual directory of these servers.",
        _ => null,
    };

    private static string? ForTransport(string code) => code switch
    {
        NodeErrors.ConnectionRefused => "connections are refused: is the service running, and does the balancer know that the node is down?",
        NodeErrors.ConnectionReset => "connections are closed during the TLS handshake: look at TLS settings and inspection devices.",
        NodeErrors.TimedOut => "connections are not answered: look at firewalls (AutoDetect comes from 52.125.128.0/20 and 52.127.96.0/23) and at hung nodes.",
        NodeErrors.ProtocolError => "the TLS handshake fails: TLS 1.2 must be on, and the port must speak TLS.",
        NodeErrors.NameNotFound => "the name does not resolve in DNS: create its record, or correct it.",
        _ => null,
    };
}
