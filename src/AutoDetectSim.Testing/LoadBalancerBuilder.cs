using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing;

/// <summary>Builds one load balancer of a <see cref="ScenarioBuilder"/>.</summary>
public sealed class LoadBalancerBuilder
{
    private LoadBalancerDefinition _balancer;

    internal LoadBalancerBuilder(string name) => _balancer = new LoadBalancerDefinition { Name = name, Hosts = [], Nodes = [] };

    /// <summary>Adds host names that resolve to the virtual IP. Without any: <c>autodiscover.DOMAIN</c> and <c>mail.DOMAIN</c> of every organization.</summary>
    /// <param name="hosts">The host names.</param>
    /// <returns>This builder.</returns>
    public LoadBalancerBuilder WithHosts(params IReadOnlyList<string> hosts) => With(balancer => balancer with { Hosts = [.. balancer.Hosts, .. hosts] });

    /// <summary>Chooses the balancing algorithm.</summary>
    /// <param name="algorithm">The algorithm. Default: round robin.</param>
    /// <returns>This builder.</returns>
    public LoadBalancerBuilder WithAlgorithm(BalancingAlgorithm algorithm) => With(balancer => balancer with { Algorithm = algorithm });

    /// <summary>Adds a node that presents its certificate in a shape.</summary>
    /// <param name="name">Its name, or a range of names: <c>ex{02..20}</c>.</param>
    /// <param name="present">The shape. Default: the complete chain.</param>
    /// <param name="configure">Sets further properties of each node, or null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The range is not valid.</exception>
    public LoadBalancerBuilder WithNode(string name, ChainShape present = ChainShape.Complete, Func<NodeDefinition, NodeDefinition>? configure = null) =>
        WithNodes(name, new PresentedChainRecipe { Certificate = string.Empty, Shape = present }, configure);

    /// <summary>Adds a node that presents an exact list of certificates.</summary>
    /// <param name="name">Its name, or a range of names: <c>ex{02..20}</c>.</param>
    /// <param name="present">Names of certificates and authorities in wire order.</param>
    /// <param name="configure">Sets further properties of each node, or null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The range is not valid.</exception>
    public LoadBalancerBuilder WithNode(string name, IReadOnlyList<string> present, Func<NodeDefinition, NodeDefinition>? configure = null) =>
        WithNodes(name, new PresentedChainRecipe { Certificate = string.Empty, Names = present }, configure);

    /// <summary>Changes anything else of the load balancer.</summary>
    /// <param name="change">Returns the new definition, given the current one.</param>
    /// <returns>This builder.</returns>
    public LoadBalancerBuilder With(Func<LoadBalancerDefinition, LoadBalancerDefinition> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _balancer = change(_balancer);
        return this;
    }

    internal LoadBalancerDefinition Build() => _balancer;

    private LoadBalancerBuilder WithNodes(string written, PresentedChainRecipe present, Func<NodeDefinition, NodeDefinition>? configure)
    {
        ArgumentNullException.ThrowIfNull(written);
        var names = NameRange.Expand(written, out var problem) ?? throw new ArgumentException(problem, nameof(written));
        var nodes = names.Select(name => new NodeDefinition { Name = name, Present = present }).Select(node => configure is null ? node : configure(node));
        return With(balancer => balancer with { Nodes = [.. balancer.Nodes, .. nodes] });
    }
}
