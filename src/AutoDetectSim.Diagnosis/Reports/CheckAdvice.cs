using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>The repair of each fault; identical repairs on several nodes are listed once.</summary>
internal static class CheckAdvice
{
    public static IReadOnlyList<string> For(CheckResult result)
    {
        // Keys, URLs and authorities of a lab exist nowhere else: whoever acts on the advice must not look for them.
        var isLab = result.Reproduction is not null;
        var tasks = new List<(string Node, string Host, string Task)>();
        foreach (var host in result.Hosts)
        {
            foreach (var chain in host.Chains.Where(chain => chain.Faults.Count > 0))
            {
                tasks.AddRange(chain.Nodes.Select(node => (node, host.Host, ForChain(chain, isLab))));
            }

            tasks.AddRange(host.Nodes.SelectMany(node => node.Faults.Select(ForAnswer).OfType<string>().Select(task => (node.Name, host.Host, task))));
        }

        var remarks = result.Hosts.SelectMany(host => host.Nodes.SelectMany(node => node.Remarks.Select(remark =>
            (node.Name, host.Host, Task: ForRemark(remark)))));
        // A node that is known by name has its own advice.
        var transport = result.Hosts.SelectMany(host => host.Timeline
                .Where(attempt => attempt.Node is null || host.Nodes.Any(node => node.Name == attempt.Node && node.Faults.Contains(FaultNames.NoHandshake, StringComparer.Ordinal)))
                .Select(attempt => attempt.Code).Distinct(StringComparer.Ordinal)
                .Select(code => (host.Host, Task: ForTransport(code))))
            .Where(pair => pair.Task is not null)
            .GroupBy(pair => pair.Task, pair => pair.Host, StringComparer.Ordinal)
            .Select(group => $"{string.Join(", ", group.Distinct(StringComparer.OrdinalIgnoreCase))}: {group.Key}");
        var strangers = result.Strangers.Select(stranger =>
            $"{stranger.Host}: in DNS, {(stranger.Address.Contains(':', StringComparison.Ordinal) ? "an AAAA record" : "an A record")} leads to {stranger.Address}, where another server answers ({stranger.Subject}, {stranger.Code}). Correct or delete that record; {stranger.Good} is in order.");
        return [.. RangeText.Tasks(result), .. HelloText.Tasks(result), .. strangers, .. Gather(tasks), .. transport, .. Gather(remarks)];
    }

    private static IEnumerable<string> Gather(IEnumerable<(string Node, string Host, string Task)> tasks) => tasks
        .GroupBy(task => task.Task, StringComparer.Ordinal)
        .Select(group =>
        {
            var nodes = group.Select(task => task.Node).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance).ToList();
            var hosts = group.Select(task => task.Host).Distinct(StringComparer.OrdinalIgnoreCase);
            return $"On {NameRow.Of(nodes)} ({string.Join(", ", hosts)}): {group.Key}";
        });

    private static string ForRemark(string remark) => remark switch
    {
        FaultNames.RevokedIntermediate => "replace the revoked intermediate certificate with the current one of the same CA, and remove the old one from the server's store. Do not only remove it: clients without the newer root need the current one.",
        FaultNames.NoClientAuth => "give the connectors a certificate with clientAuth from an authority that the partner trusts, or agree with the partner on another way of identification. Public CAs no longer issue certificates with clientAuth.",
        _ => $"low priority: {FaultNames.Words(remark)}. Current clients tolerate this, older ones may not.",
    };

    private static string ForChain(ChainGroup chain, bool isLab)
    {
        var leaf = chain.Strict.Presented.Count > 0 ? chain.Strict.Presented[0] : null;
        return chain.Faults[0] switch
        {
            FaultNames.MissingIntermediate or FaultNames.WrongIntermediate or FaultNames.UnrelatedIntermediate => $"install the intermediate certificate {(isLab ? MissingInLab(chain) : Missing(chain))} and make the server present it after its own. On Windows, install it in the computer's Intermediate Certification Authorities store; on a load balancer that terminates TLS, in the chain of its TLS profile.",
            FaultNames.ExpiredIntermediate => "replace the expired intermediate with the current one of the same CA, and remove the old one from the server's store; otherwise it is sent again.",
            FaultNames.ExpiredLeaf => $"renew the certificate{(leaf is null ? "" : $" {leaf.Subject}")} and bind the new one.",
            FaultNames.NotYetValidLeaf or FaultNames.NotYetValidIntermediate => "check the server's clock and the start of validity of its certificates; bind the previous certificates until then.",
            FaultNames.NameMismatch => $"bind a certificate whose subjectAltName contains the host name{(leaf is { DnsNames.Count: > 0 } ? $" (this one is for {string.Join(", ", leaf.DnsNames)})" : "")}.",
            FaultNames.SelfSigned => "bind a certificate of a public CA; AutoDetect does not trust self-signed certificates.",
            FaultNames.UntrustedRoot when chain.Strict.MissingIssuer is { } issuer => $"bind a certificate of a public CA; AutoDetect does not trust a root above {issuer.IssuerName}{(isLab ? " (a CA of the lab)" : "")}, even if the company's computers do. If that is an intermediate of a public CA, present it as well.",
            FaultNames.UntrustedRoot or FaultNames.UntrustedRootIncluded => "bind a certificate of a public CA; AutoDetect does not trust this root, even if the company's computers do.",
            FaultNames.ExpiredCrossSign => "remove the expired cross-signed certificate from the presented chain, and present the chain to the CA's current root. Clients that trust only the old root must add the current one.",
            FaultNames.ClientAuthOnly or FaultNames.WrongPurpose => "bind a certificate whose extended key usage allows server authentication.",
            FaultNames.ExpiredRoot => "the root itself has expired: bind a certificate under a current root.",
            _ => isLab ? $"bind a certificate that strict clients accept: {FaultNames.Words(chain.Faults[0])} ({chain.Strict.NodeCode})." : chain.Strict.Explanation,
        };
    }

    private static string MissingInLab(ChainGroup chain) =>
        $"of the CA that issued the server's certificate (in the lab: {(chain.Strict.MissingIssuer is { } missing ? missing.IssuerName : chain.Strict.Presented.Count > 0 ? chain.Strict.Presented[0].Issuer : "the issuing CA")})";

    private static string Missing(ChainGroup chain) => chain.Strict.MissingIssuer is { } missing
        ? missing.IssuerName
            + (missing.AuthorityKeyIdentifier is { } key ? $" (key identifier {key})" : "")
            + (missing.CaIssuersUrl is { } url ? $", which can be downloaded from {url}," : "")
        : chain.Strict.Presented.Count > 0 ? chain.Strict.Presented[0].Issuer : "that issued the server's certificate";

    private static string? ForAnswer(string fault) => fault switch
    {
        FaultNames.ProtocolVersion => "enable TLS 1.2: in Schannel's settings on Windows, or in the TLS profile of a load balancer that terminates TLS.",
        FaultNames.ClientCertificate => "do not require client certificates: AutoDetect and phones have none. Check the SSL settings of the virtual directories, and the load balancer.",
        FaultNames.NoAnswer => "the server sends no HTTP answer: check the application pools of these servers, and devices that inspect requests.",
        FaultNames.MalformedAnswer => "the answer violates HTTP, and AutoDetect's parser is strict: find the device in front that writes or changes it. Browsers and curl tolerate much of this.",
        FaultNames.NoAutoDiscoverV2 => "AutoDiscover V2 does not answer with a URL: check the build and the AutoDiscover virtual directory of these servers.",
        FaultNames.PreAuthentication => "pass AutoDiscover and ActiveSync through to Exchange without pre-authentication: AutoDetect has no credentials, and hybrid modern authentication does not support pre-authentication.",
        FaultNames.RedirectLoop => "AutoDiscover V2 redirects in a loop: check the redirect rules of servers and proxies. Exchange Online redirects to itself for an unknown address.",
        FaultNames.NoActiveSync => "ActiveSync answers with an error before authentication: check its virtual directory and application pool, IP and request filters, and devices in front.",
        FaultNames.ChallengesRemoved => "ActiveSync's 401 has no WWW-Authenticate header: find the proxy that removes the header, and let it pass.",
        FaultNames.MissingAuthorizationUri => "ActiveSync's Bearer challenge has no authorization_uri: make EvoSts the default authorization endpoint (Set-AuthServer), and check that OAuth is enabled for the organization.",
        FaultNames.TlsOffload => "Exchange receives plain HTTP and rejects tokens for its https URL: let the load balancer use TLS to the servers as well (SSL bridging).",
        FaultNames.NoModernAuthentication => "ActiveSync does not offer modern authentication, although other servers do: enable OAuth on the ActiveSync virtual directory of these servers.",
        _ => null,
    };

    private static string? ForTransport(string code) => code switch
    {
        NodeErrors.ConnectionRefused => "connections are refused: check that the service runs, and that the load balancer notices when the node is down.",
        NodeErrors.ConnectionReset => "connections are closed during the TLS handshake: check TLS settings and inspection devices.",
        NodeErrors.TimedOut => "connections time out: check firewalls (AutoDetect comes from " + SourceRanges.TextOfAutoDetect + ") and hung nodes.",
        NodeErrors.ProtocolError => "the TLS handshake fails: TLS 1.2 must be enabled, and the port must use TLS.",
        NodeErrors.NameNotFound => "the name does not resolve in DNS: create its record, or correct it.",
        _ => null,
    };
}
