using System.Net;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using CsCheck;

namespace AutoDetectSim.Tests.Network.LoadBalancing;

public sealed class LoadBalancerTests
{
    private long _session;

    [Fact]
    public void Round_robin_gives_every_node_the_same_number_of_connections()
    {
        var balancer = Create(BalancingAlgorithm.RoundRobin, 20);
        var counts = Count(balancer, 200);
        Assert.All(counts.Values, count => Assert.Equal(10, count));
        Assert.Equal(20, counts.Count);
    }

    [Fact]
    public void Random_draws_the_same_nodes_again_from_the_same_seed()
    {
        var first = Names(Create(BalancingAlgorithm.Random, 20, seed: 7), 500);
        var second = Names(Create(BalancingAlgorithm.Random, 20, seed: 7), 500);
        var other = Names(Create(BalancingAlgorithm.Random, 20, seed: 8), 500);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Weights_are_kept_exactly_in_every_full_turn() =>
        Gen.Int[1, 9].Array[1, 6].Sample(weights =>
        {
            var nodes = weights.Select((weight, index) => new ServedNode($"n{index}", _ => Task.CompletedTask) { Weight = weight }).ToList();
            var balancer = Wrap(BalancingAlgorithm.Weighted, nodes);
            var counts = Count(balancer, weights.Sum() * 3);
            return weights.Select((weight, index) => counts[$"n{index}"] == weight * 3).All(exact => exact);
        }, iter: Samples.Of(100));

    [Fact]
    public void A_sequence_is_followed_and_starts_again()
    {
        var balancer = Create(BalancingAlgorithm.Sequence, 3, sequence: ["n2", "n2", "n0"]);
        Assert.Equal(["n2", "n2", "n0", "n2", "n2", "n0"], Names(balancer, 6));
    }

    [Fact]
    public void Least_connections_prefers_the_idle_node()
    {
        var balancer = Create(BalancingAlgorithm.LeastConnections, 2);
        using var first = balancer.Choose(NextCaller())!;
        using var second = balancer.Choose(NextCaller())!;
        Assert.NotSame(first.Node, second.Node);
        second.Dispose();
        using var third = balancer.Choose(NextCaller())!;
        Assert.Same(second.Node, third.Node);
    }

    [Fact]
    public void Source_hash_keeps_an_address_on_its_node()
    {
        var balancer = Create(BalancingAlgorithm.SourceHash, 8);
        var names = Enumerable.Range(0, 50).Select(_ => balancer.Choose(NextCaller("192.0.2.77"))!.Node.Name).Distinct();
        Assert.Single(names);
        var spread = Enumerable.Range(0, 200).Select(i => balancer.Choose(NextCaller($"192.0.2.{i}"))!.Node.Name).Distinct();
        Assert.Equal(8, spread.Count());
    }

    [Fact]
    public void Both_connections_of_one_session_meet_the_same_node()
    {
        var balancer = Create(BalancingAlgorithm.RoundRobin, 5);
        for (var session = 0; session < 20; session++)
        {
            var caller = NextCaller();
            Assert.Same(balancer.Choose(caller)!.Node, balancer.Choose(caller)!.Node);
        }
    }

    [Fact]
    public void Source_address_persistence_keeps_an_address_on_one_node_across_sessions()
    {
        var balancer = Create(BalancingAlgorithm.RoundRobin, 5, persistence: Persistence.SourceAddress);
        Assert.Single(Names(balancer, 20).Distinct());
    }

    [Fact]
    public void A_node_that_is_down_gets_nothing_and_a_balancer_without_nodes_refuses()
    {
        var balancer = Create(BalancingAlgorithm.RoundRobin, 2);
        balancer.Nodes[0].Healthy = false;
        Assert.Equal(["n1"], Names(balancer, 10).Distinct());
        balancer.Nodes[1].Healthy = false;
        Assert.Null(balancer.Choose(NextCaller()));
    }

    [Fact]
    public void A_full_persistence_table_forgets_the_oldest_session()
    {
        var balancer = Create(BalancingAlgorithm.RoundRobin, 3);
        var first = NextCaller();
        var kept = balancer.Choose(first)!.Node;
        for (var i = 0; i < NodeSelector.PersistenceTableSize; i++)
        {
            balancer.Choose(NextCaller());
        }

        Assert.NotSame(kept, balancer.Choose(first)!.Node);
    }

    private static LoadBalancer Wrap(BalancingAlgorithm algorithm, IReadOnlyList<ServedNode> nodes, int seed = 1, Persistence persistence = Persistence.Session, string[]? sequence = null)
    {
        var definition = new LoadBalancerDefinition { Name = "vip", Hosts = ["h.example"], Nodes = [], Algorithm = algorithm, Sequence = sequence ?? [] };
        return new LoadBalancer("vip", nodes, new NodeSelector(LoadBalancingPolicies.Create(definition, seed), persistence));
    }

    private static LoadBalancer Create(BalancingAlgorithm algorithm, int count, int seed = 1, Persistence persistence = Persistence.Session, string[]? sequence = null) =>
        Wrap(algorithm, [.. Enumerable.Range(0, count).Select(index => new ServedNode($"n{index}", _ => Task.CompletedTask))], seed, persistence, sequence);

    private Caller NextCaller(string address = "192.0.2.1") => new(IPAddress.Parse(address), Interlocked.Increment(ref _session));

    private List<string> Names(LoadBalancer balancer, int connections) =>
        [.. Enumerable.Range(0, connections).Select(_ => balancer.Choose(NextCaller())!.Node.Name)];

    private Dictionary<string, int> Count(LoadBalancer balancer, int connections) =>
        Names(balancer, connections).CountBy(name => name).ToDictionary();
}
