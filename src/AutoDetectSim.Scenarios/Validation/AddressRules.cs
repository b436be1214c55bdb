using System.Net;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Rejects host names and addresses that two load balancers claim, and URLs that lead to a closed port.</summary>
internal static class AddressRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        var hosts = new Dictionary<string, LoadBalancerDefinition>(StringComparer.OrdinalIgnoreCase);
        var addresses = new Dictionary<IPAddress, string>();
        foreach (var balancer in scenario.LoadBalancers)
        {
            var path = ModelPath.Root / "loadBalancers" / balancer.Name;
            for (var index = 0; index < balancer.Hosts.Count; index++)
            {
                var host = balancer.Hosts[index];
                if (!hosts.TryAdd(host, balancer))
                {
                    var owner = hosts[host];
                    problems.AddAt(
                        path / "hosts" / index,
                        ReferenceEquals(owner, balancer) ? $"Duplicate host {host}" : $"The host {host} already belongs to the load balancer `{owner.Name}`",
                        host);
                }
            }

            CheckUnique(balancer.Address, "address");
            CheckUnique(balancer.Ipv6Address, "ipv6Address");

            void CheckUnique(string? text, string key)
            {
                if (IPAddress.TryParse(text, out var address) && !addresses.TryAdd(address, balancer.Name))
                {
                    problems.AddAt(path / key, $"The address {text} already belongs to the load balancer `{addresses[address]}`", text);
                }
            }
        }

        foreach (var organization in scenario.Organizations)
        {
            CheckUrl(organization, hosts, problems);
        }
    }

    private static void CheckUrl(OrganizationDefinition organization, Dictionary<string, LoadBalancerDefinition> hosts, ProblemSink problems)
    {
        var path = ModelPath.Root / "organizations" / organization.Name;
        if (organization.ActiveSyncUrl is null && organization.Domains.Count > 0)
        {
            var host = "mail." + organization.Domains[0];
            if (hosts.TryGetValue(host, out var balancer) && balancer.Port != 443)
            {
                problems.AddAt(path, $"ActiveSync of this organization is at https://{host}/, but the load balancer `{balancer.Name}` serves that host only on port {balancer.Port}", "443", Port(balancer));
            }
        }
    }

    /// <summary>Checks one URL of the scenario: a host that a load balancer serves is reachable only on its port.</summary>
    public static void CheckUrl(string text, ModelPath path, string key, Dictionary<string, LoadBalancerDefinition> hosts, ProblemSink problems)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            && hosts.TryGetValue(url.Host, out var balancer)
            && balancer.Port != url.Port)
        {
            problems.AddAt(path, $"`{key}`: port {url.Port} of {url.Host} is closed; the load balancer `{balancer.Name}` serves that host on port {balancer.Port}", text, Port(balancer));
        }
    }

    private static string Port(LoadBalancerDefinition balancer) => balancer.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
