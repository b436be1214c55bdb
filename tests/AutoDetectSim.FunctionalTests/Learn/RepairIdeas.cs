using System.Text.Json;

namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>What an administrator would try, the likeliest first. It knows what stands where, as everybody at the customer's does, and not what is wrong.</summary>
internal static class RepairIdeas
{
    private static readonly string[] OfChains = ["UNABLE_TO", "CERT_", "SELF_SIGNED", "DEPTH_ZERO", "ALTNAME", "ntermediate", "Leaf", "ntrusted", "Mismatch", "PURPOSE", "selfSigned", "clientAuth"];
    private static readonly string[] OfTransport = ["ECONNRESET", "EPROTO", "HPE_", "ETIMEDOUT", "ECONNREFUSED", "socket", "TLS", "SSL", "protocolVersion", "clientCertificate", "noAnswer", "noHandshake"];
    private static readonly string[] OfNames = ["ENOTFOUND", "EAI_AGAIN", "ESERVFAIL", "ETIMEDOUT", "EHOSTUNREACH", "ECONNREFUSED"];

    public static IEnumerable<string> For(JsonElement topology, string address, IReadOnlySet<string> signs)
    {
        bool Seen(string[] parts) => signs.Any(sign => parts.Any(part => sign.Contains(part, StringComparison.Ordinal)));
        var chains = Chains(topology).ToList();
        var transport = Transport(topology).ToList();
        var names = Names(topology, address).ToList();
        var servers = Servers(topology, address).ToList();
        IEnumerable<string> first = [.. Seen(OfChains) ? chains : [], .. Seen(OfTransport) ? transport : [], .. Seen(OfNames) ? names : []];
        return first.Concat(servers).Concat(transport).Concat(names).Concat(chains);
    }

    private static IEnumerable<string> Chains(JsonElement topology)
    {
        var certificates = topology.GetProperty("certificates").EnumerateObject().Select(certificate => certificate.Name).ToList();
        foreach (var (name, _, endsTls, _) in VirtualIps(topology))
        {
            yield return endsTls ? $"{name}: present complete" : $"{name}/*: present complete";
        }

        foreach (var (name, _, endsTls, _) in VirtualIps(topology).Where(one => !one.EndsTls))
        {
            yield return $"{name}/*: intermediateStore default";
        }

        foreach (var certificate in certificates)
        {
            yield return $"certificates/{certificate}: renew";
            yield return $"authorities/{certificate}: renew";
        }

        foreach (var (name, nodes, endsTls, hosts) in VirtualIps(topology))
        {
            foreach (var certificate in certificates)
            {
                yield return $"certificates/{certificate}: hosts [{string.Join(", ", hosts.Select(host => $"\"{host}\""))}]";
                yield return endsTls ? $"{name}: {{ certificate: {certificate}, present: complete }}" : $"{name}/*: {{ certificate: {certificate}, present: complete }}";
                if (!endsTls)
                {
                    foreach (var node in nodes)
                    {
                        yield return $"{name}/{node}: {{ certificate: {certificate}, present: complete }}";
                    }
                }
            }
        }

        foreach (var certificate in certificates)
        {
            foreach (var authority in certificates.Where(other => other != certificate))
            {
                yield return $"certificates/{certificate}: issuer {authority}";
            }
        }
    }

    private static IEnumerable<string> Transport(JsonElement topology)
    {
        foreach (var (name, _, _, _) in VirtualIps(topology))
        {
            yield return $"{name}/*: fault none";
            yield return $"loadBalancers/{name}: fault none";
            yield return $"loadBalancers/{name}: allow autodetect, exchangeOnline";
            yield return $"loadBalancers/{name}: allowFrom default";
            yield return $"loadBalancers/{name}: denyFrom default";
            yield return $"{name}/*: tlsVersions default";
            yield return $"{name}/*: clientCertificate default";
            yield return $"loadBalancers/{name}: latency default";
            yield return $"{name}/*: latency default";
            yield return $"loadBalancers/{name}: ipv6 default";
        }
    }

    private static IEnumerable<string> Names(JsonElement topology, string address)
    {
        var autoDiscover = "autodiscover." + address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        foreach (var host in VirtualIps(topology).SelectMany(one => one.Hosts).Append(autoDiscover).Distinct(StringComparer.Ordinal))
        {
            yield return $"dns/{host}: remove";
        }

        foreach (var (name, _, _, hosts) in VirtualIps(topology).Where(one => !one.Hosts.Contains(autoDiscover, StringComparer.Ordinal)))
        {
            yield return $"loadBalancers/{name}: hosts +{autoDiscover}";
        }
    }

    private static IEnumerable<string> Servers(JsonElement topology, string address)
    {
        var domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        yield return "autoDetect/cache: clear";
        yield return $"autoDetect/domains/{domain}: remove";
        foreach (var (name, _, _, _) in VirtualIps(topology))
        {
            foreach (var key in (string[])["offline default", "auth default", "oAuth default", "urlRewrite default", "activeSync default", "build default", "up true"])
            {
                yield return $"{name}/*: {key}";
            }

            foreach (var key in (string[])["preAuthentication default", "challenges default", "backEnd https", "backEndConnections default", "persistence default", "healthProbe /Microsoft-Server-ActiveSync/healthcheck.htm", "healthProbe /autodiscover/healthcheck.htm"])
            {
                yield return $"loadBalancers/{name}: {key}";
            }
        }

        foreach (var organization in topology.GetProperty("organizations").EnumerateArray().Select(one => one.GetString()))
        {
            yield return $"organizations/{organization}: enable oauth";
            foreach (var key in (string[])["activeSyncUrl default", "autoDiscoverV2 default", "oAuth default", "urlRewrite narrow", "blockedUserAgents default", "mappings default", "rootUpdates default", "build default", "deviceRules default",
                "deviceRules [{ characteristic: deviceModel, value: \"Outlook for iOS and Android\", access: allow }]"])
            {
                yield return $"organizations/{organization}: {key}";
            }

            foreach (var key in (string[])["cloudView", "activeSync", "auth", "server", "activeSyncLocation", "location", "staleDevices"])
            {
                yield return $"organizations/{organization}/{address}: {key} default";
            }

            foreach (var node in VirtualIps(topology).SelectMany(one => one.Nodes))
            {
                yield return $"organizations/{organization}/{address}: server {node}";
            }
        }

        foreach (var provider in (string[])["office365", "outlook", "google", "icloud", "yahoo"])
        {
            yield return $"autoDetect/providers/{provider}: remove";
        }

        foreach (var (name, nodes, _, _) in VirtualIps(topology).Where(one => one.Nodes.Count > 1))
        {
            foreach (var node in nodes)
            {
                yield return $"{name}/{node}: remove";
            }
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Nodes, bool EndsTls, IReadOnlyList<string> Hosts)> VirtualIps(JsonElement topology) =>
        topology.GetProperty("virtualIps").EnumerateArray().Where(one => one.GetProperty("usesTls").GetBoolean()).Select(one => (
            one.GetProperty("name").GetString()!,
            (IReadOnlyList<string>)[.. one.GetProperty("nodes").EnumerateArray().Select(node => node.GetString()!)],
            one.GetProperty("endsTls").GetBoolean(),
            (IReadOnlyList<string>)[.. one.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()!)]));
}
