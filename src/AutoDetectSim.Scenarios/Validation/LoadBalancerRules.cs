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
                var meant = problems.Nearest(balancer.Name, scenario.LoadBalancers.Where(other => other.Hosts.Count > 0).Select(other => other.Name));
                problems.AddAt(
                    path,
                    (meant is null ? string.Empty : $"Unknown load balancer `{balancer.Name}`; did you mean `{meant}`? A further one needs `hosts`: ")
                    + (meant is null ? "`hosts` is required here: other" : "other") + " load balancers already serve `autodiscover` and `mail` of every domain",
                    null,
                    meant ?? "hosts");
            }

            CheckAddress(balancer, path, problems);
            CheckFault(balancer.Fault, balancer.FaultShare, balancer.Alert, balancer.HelloLimit, path, problems);
            CheckSequence(balancer, path, problems);
            CheckWeights(balancer, path, problems);
            if (balancer.Tls == TlsHandling.Terminate)
            {
                CheckChain(balancer.Present, path, problems);
                foreach (var node in balancer.Nodes.Where(node => node.Present is not null && (balancer.BackEnd == BackEndTransport.Http || node.Present is not { Names: null, Shape: ChainShape.Complete, Certificate.Length: > 0 })))
                {
                    problems.AddAt(path / "nodes" / node.Name / "present", "The load balancer terminates TLS with its own chain, so no client sees what this node presents", null, "tls: passthrough");
                }
            }
            else if (balancer.Present is not null)
            {
                problems.AddAt(path / "present", "A load balancer presents a chain only if it terminates TLS", null, "tls: terminate");
            }

            CheckFrontEnd(balancer, path, problems);
            MailRules.Check(balancer, path, problems);
            foreach (var node in balancer.Nodes)
            {
                CheckNode(node, balancer, path / "nodes" / node.Name, problems);
            }
        }
    }

    // Settings that change HTTP need a load balancer that reads HTTP.
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
            problems.AddAt(path / key, $"`{key}` requires `tls: terminate`: a pass-through load balancer cannot read HTTP", null, "tls: terminate");
        }
    }

    private static void CheckNode(NodeDefinition node, LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (balancer.Tls == TlsHandling.Passthrough)
        {
            CheckChain(node.Present, path, problems);
        }

        CheckFault(node.Fault, node.FaultShare, node.Alert, node.HelloLimit, path, problems);
        if (node.IntermediateStore is not null)
        {
            if (balancer.Tls == TlsHandling.Terminate)
            {
                problems.AddAt(path / "intermediateStore", "The load balancer terminates TLS with its own chain, so no client sees what this node presents", null, "tls: passthrough");
            }
            else if (node.Present is { } present && (present.Names is not null || present.Shape != ChainShape.Complete))
            {
                problems.AddAt(path / "intermediateStore", "`intermediateStore` has no effect without `present: complete`: any other `present` is sent whatever the store holds", null, "present: complete");
            }
        }

        if (node.TlsVersions.Count == 0)
        {
            problems.AddAt(path / "tlsVersions", "`tlsVersions` must list at least one version");
        }
    }

    private static void CheckFault(TransportFault fault, string? share, string? alert, int? helloLimit, ModelPath path, ProblemSink problems)
    {
        if (fault == TransportFault.Alert && alert is null)
        {
            problems.AddAt(path / "fault", "`fault: alert` requires `alert`, a name such as handshake_failure", null, "alert");
        }
        else if (fault != TransportFault.Alert && alert is not null)
        {
            problems.AddAt(path / "alert", "`alert` has no effect without `fault: alert`", alert, "fault: alert");
        }

        if (helloLimit is not null && fault != TransportFault.ResetLargeHello)
        {
            problems.AddAt(path / "helloLimit", "`helloLimit` has no effect without `fault: resetLargeHello`", null, "fault: resetLargeHello");
        }

        if (share is not null && fault == TransportFault.None)
        {
            problems.AddAt(path / "faultShare", "`faultShare` has no effect without `fault`", share, "fault");
        }
    }

    private static void CheckAddress(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (IPAddress.TryParse(balancer.Address, out var address) && address.AddressFamily != AddressFamily.InterNetwork)
        {
            problems.AddAt(path / "address", $"`address` must be an IPv4 address, not {balancer.Address}; use `ipv6Address` for an IPv6 address", balancer.Address, "ipv6Address");
        }

        if (IPAddress.TryParse(balancer.Ipv6Address, out var ipv6))
        {
            if (ipv6.AddressFamily != AddressFamily.InterNetworkV6 || ipv6.IsIPv4MappedToIPv6)
            {
                problems.AddAt(path / "ipv6Address", $"`ipv6Address` must be an IPv6 address such as 2001:db8::10, not {balancer.Ipv6Address}", balancer.Ipv6Address, "2001:db8::10");
            }
        }
        else if (balancer.Ipv6 != Reachability.Open)
        {
            problems.AddAt(path / "ipv6", "`ipv6` has no effect without `ipv6Address`", null, "ipv6Address");
        }

        if (balancer.Http != PlainHttpPort.Closed && balancer.Port == 80)
        {
            problems.AddAt(path / "http", "Port 80 of this load balancer already speaks TLS (`port: 80`)", null, "port");
        }

        if (balancer.HttpRedirectUrl is not null && balancer.Http != PlainHttpPort.Redirect)
        {
            problems.AddAt(path / "httpRedirectUrl", "`httpRedirectUrl` has no effect without `http: redirect`", balancer.HttpRedirectUrl, "http: redirect");
        }

        if (balancer is { Blocked: Blocking.Reject, AllowFrom.Count: 0, DenyFrom.Count: 0 })
        {
            problems.AddAt(path / "blocked", "`blocked` has no effect without `allowFrom` or `denyFrom`", null, "allowFrom");
        }
    }

    private static void CheckChain(PresentedChainRecipe? recipe, ModelPath path, ProblemSink problems)
    {
        if (recipe is { Certificate.Length: 0 })
        {
            problems.AddAt(path, "`certificate` is required here: no single certificate covers all hosts of the load balancer", null, "certificate");
        }
    }

    private static void CheckSequence(LoadBalancerDefinition balancer, ModelPath path, ProblemSink problems)
    {
        if (balancer.Algorithm == BalancingAlgorithm.Sequence && balancer.Sequence.Count == 0)
        {
            problems.AddAt(path / "algorithm", "`algorithm: sequence` requires `sequence`, the node names in connection order", null, "sequence");
        }
        else if (balancer.Algorithm != BalancingAlgorithm.Sequence && balancer.Sequence.Count > 0)
        {
            problems.AddAt(path / "sequence", "`sequence` has no effect without `algorithm: sequence`", null, "algorithm: sequence");
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
                problems.AddAt(path / "algorithm", "At least one node needs a `weight` above 0");
            }

            return;
        }

        foreach (var node in balancer.Nodes.Where(node => node.Weight != 1))
        {
            problems.AddAt(path / "nodes" / node.Name / "weight", "`weight` has no effect without `algorithm: weighted`", null, "algorithm: weighted");
        }
    }
}
