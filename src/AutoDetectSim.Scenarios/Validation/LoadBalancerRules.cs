using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Settings of load balancers and nodes that do not go together.</summary>
internal static class LoadBalancerRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        foreach (var balancer in scenario.LoadBalancers)
        {
            var path = ModelPath.Root / "loadBalancers" / balancer.Name;
            if (balancer.Hosts.Count == 0)
            {
                problems.AddAt(path, "This load balancer has no host left: others have `autodiscover` and `mail` of every domain, so it needs `hosts`", null, "hosts");
            }

            CheckAddress(balancer, path, problems);
            CheckFault(balancer.Fault, balancer.FaultShare, balancer.Alert, path, problems);
            CheckSequence(balancer, path, problems);
            CheckWeights(balancer, path, problems);
            if (balancer.Tls == TlsHandling.Terminate)
            {
                CheckChain(balancer.Present, path, problems);
                foreach (var node in balancer.Nodes.Where(node => node.Present is not null && (balancer.BackEnd == BackEndTransport.Http || node.Present is not { Names: null, Shape: ChainShape.Complete, Certificate.Length: > 0 })))
                {
                    problems.AddAt(path / "nodes" / node.Name / "present", "The load balancer ends TLS with its own chain, so that no client meets what this node presents", null, "tls: passthrough");
                }
            }
            else if (balancer.Present is not null)
            {
                problems.AddAt(path / "present", "A load balancer presents a chain only where it ends TLS", null, "tls: terminate");
            }

            CheckFrontEnd(balancer, path, problems);
            foreach (var node in balancer.Nodes)
            {
                CheckNode(node, balancer, path / "nodes" / node.Name, problems);
            }
        }
    }

    // What works on HTTP needs a balancer that reads HTTP.
    private static void CheckFrontEnd(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (balancer.Tls == TlsHandling.Terminate)
        {
            return;
        }

        (string Key, bool IsSet)[] settings =
        [
            ("backEnd", balancer.BackEnd != BackEndTransport.Https),
            ("preAuthentication", balancer.PreAuthentication != PreAuthentication.None),
            ("backEndConnections", balancer.BackEndConnections != BackEndConnections.PerClient),
            ("challenges", balancer.Challenges != ChallengeHandling.Unchanged),
        ];
        foreach (var (key, _) in settings.Where(setting => setting.IsSet))
        {
            problems.AddAt(path / key, $"`{key}` needs a load balancer that ends TLS: what passes through it, it cannot read", null, "tls: terminate");
        }
    }

    private static void CheckNode(NodeDefinition node, LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (balancer.Tls == TlsHandling.Passthrough)
        {
            CheckChain(node.Present, path, problems);
        }

        CheckFault(node.Fault, node.FaultShare, node.Alert, path, problems);
        if (node.IntermediateStore is not null)
        {
            if (balancer.Tls == TlsHandling.Terminate)
            {
                problems.AddAt(path / "intermediateStore", "The load balancer ends TLS with its own chain, so that no client meets what this node presents", null, "tls: passthrough");
            }
            else if (node.Present is { } present && (present.Names is not null || present.Shape != ChainShape.Complete))
            {
                problems.AddAt(path / "intermediateStore", "`intermediateStore` counts only with `present: complete`: what is written out in `present` is sent whatever the store holds", null, "present: complete");
            }
        }

        if (node.TlsVersions.Count == 0)
        {
            problems.AddAt(path / "tlsVersions", "A node accepts at least one TLS version");
        }
    }

    private static void CheckFault(TransportFault fault, string? share, string? alert, ModelPath path, ProblemSink problems)
    {
        if (fault == TransportFault.Alert && alert is null)
        {
            problems.AddAt(path / "fault", "The fault `alert` needs `alert`: a name such as handshake_failure", null, "alert");
        }
        else if (fault != TransportFault.Alert && alert is not null)
        {
            problems.AddAt(path / "alert", "`alert` is sent only with `fault: alert`", alert, "fault: alert");
        }

        if (share is not null && fault == TransportFault.None)
        {
            problems.AddAt(path / "faultShare", "`faultShare` counts only with a `fault`", share, "fault");
        }
    }

    private static void CheckAddress(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (IPAddress.TryParse(balancer.Address, out var address) && address.AddressFamily != AddressFamily.InterNetwork)
        {
            problems.AddAt(path / "address", $"The virtual IP is {balancer.Address}, and it must be an IPv4 address; an IPv6 address stands in `ipv6Address`", balancer.Address, "ipv6Address");
        }

        if (IPAddress.TryParse(balancer.Ipv6Address, out var ipv6))
        {
            if (ipv6.AddressFamily != AddressFamily.InterNetworkV6 || ipv6.IsIPv4MappedToIPv6)
            {
                problems.AddAt(path / "ipv6Address", $"`ipv6Address` is {balancer.Ipv6Address}, and it must be an IPv6 address such as 2001:db8::10", balancer.Ipv6Address, "2001:db8::10");
            }
        }
        else if (balancer.Ipv6 != Reachability.Open)
        {
            problems.AddAt(path / "ipv6", "`ipv6` counts only with an `ipv6Address`", null, "ipv6Address");
        }

        if (balancer.Http != PlainHttpPort.Closed && balancer.Port == 80)
        {
            problems.AddAt(path / "http", "Port 80 of this load balancer already speaks TLS (`port: 80`)", null, "port");
        }

        if (balancer.HttpRedirectUrl is not null && balancer.Http != PlainHttpPort.Redirect)
        {
            problems.AddAt(path / "httpRedirectUrl", "`httpRedirectUrl` counts only with `http: redirect`", balancer.HttpRedirectUrl, "http: redirect");
        }

        if (balancer is { Blocked: Blocking.Reject, AllowFrom.Count: 0, DenyFrom.Count: 0 })
        {
            problems.AddAt(path / "blocked", "`blocked` counts only with `allowFrom` or `denyFrom`", null, "allowFrom");
        }
    }

    private static void CheckChain(PresentedChainRecipe? recipe, ModelPath path, ProblemSink problems)
    {
        if (recipe is { Certificate.Length: 0 })
        {
            problems.AddAt(path, "It is not clear which certificate is presented here: no single one has all hosts of the load balancer, so say `certificate`", null, "certificate");
        }
    }

    private static void CheckSequence(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (balancer.Algorithm == BalancingAlgorithm.Sequence && balancer.Sequence.Count == 0)
        {
            problems.AddAt(path / "algorithm", "The algorithm `sequence` needs `sequence`: node names in the order in which connections get them", null, "sequence");
        }
        else if (balancer.Algorithm != BalancingAlgorithm.Sequence && balancer.Sequence.Count > 0)
        {
            problems.AddAt(path / "sequence", "`sequence` counts only with `algorithm: sequence`", null, "algorithm: sequence");
        }

        var names = balancer.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < balancer.Sequence.Count; index++)
        {
            if (!names.Contains(balancer.Sequence[index]))
            {
                var nearest = problems.Nearest(balancer.Sequence[index], names);
                problems.AddAt(
                    path / "sequence" / index,
                    $"`sequence`: this load balancer has no node `{balancer.Sequence[index]}`" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"),
                    balancer.Sequence[index],
                    nearest);
            }
        }
    }

    private static void CheckWeights(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (balancer.Algorithm == BalancingAlgorithm.Weighted)
        {
            if (balancer.Nodes.All(node => node.Weight <= 0))
            {
                problems.AddAt(path / "algorithm", "No node has a `weight` above 0, so that no connection goes anywhere");
            }

            return;
        }

        foreach (var node in balancer.Nodes.Where(node => node.Weight != 1))
        {
            problems.AddAt(path / "nodes" / node.Name / "weight", "`weight` counts only with `algorithm: weighted`", null, "algorithm: weighted");
        }
    }
}
