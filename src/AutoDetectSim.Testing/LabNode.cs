using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using Node = AutoDetectSim.Network.LoadBalancing.ServedNode;

namespace AutoDetectSim.Testing;

/// <summary>One of the customer's nodes in a running lab: what it is now, and levers to change it.</summary>
public sealed class LabNode
{
    private readonly Lab _lab;

    internal LabNode(Lab lab, string loadBalancer, string name)
    {
        _lab = lab;
        LoadBalancer = loadBalancer;
        Name = name;
    }

    /// <summary>The name in the scenario, for example <c>ex03</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the load balancer in front of it.</summary>
    public string LoadBalancer { get; }

    /// <summary>Whether the load balancer gives it connections: it is up, and passes the health probe where there is one.</summary>
    public bool IsAvailable => Find().Node.IsAvailable;

    /// <summary>The names of the certificates that it presents to a client of its host, in wire order; empty without TLS.</summary>
    public IReadOnlyList<string> Presented => Find().Node.Identity?.Names ?? [];

    /// <summary>
    /// What AutoDetect, a strict Node.js client, makes of the chain at the lab's time: <c>OK</c>, or a code such as
    /// <c>UNABLE_TO_VERIFY_LEAF_SIGNATURE</c>. It is what a probe tool should come to.
    /// </summary>
    public string Verdict
    {
        get
        {
            var (virtualIp, node) = Find();
            return node.Presented is not { } presented
                ? NodeErrors.Ok
                : _lab.Validator.Validate(
                    [.. presented().Certificates.Select(certificate => certificate.Der)],
                    _lab.Anchors,
                    virtualIp.Hosts.Count > 0 ? virtualIp.Hosts[0] : null,
                    _lab.Options.TimeProvider.GetUtcNow()).NodeCode;
        }
    }

    /// <summary>Takes the node out of the balancer: it is given no new connections.</summary>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    public Task MarkDownAsync(CancellationToken cancellationToken = default) => ChangeAsync("up false", cancellationToken);

    /// <summary>Takes the node back into the balancer.</summary>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    public Task MarkUpAsync(CancellationToken cancellationToken = default) => ChangeAsync("up true", cancellationToken);

    /// <summary>Lets the node present its certificate in a shape, for example <see cref="ChainShape.MissingIntermediate"/>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    /// <exception cref="ScenarioChangeException">The node presents nothing, because its balancer ends TLS, or its certificate cannot take the shape.</exception>
    public Task PresentAsync(ChainShape shape, CancellationToken cancellationToken = default) =>
        ChangeAsync("present " + ChainShapes.NameOf(shape), cancellationToken);

    /// <summary>Lets the node present an exact list of certificates.</summary>
    /// <param name="names">Names of certificates and authorities of the scenario, in wire order.</param>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    /// <exception cref="ScenarioChangeException">A name is none, or the node presents nothing, because its balancer ends TLS.</exception>
    public Task PresentAsync(IEnumerable<string> names, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        return ChangeAsync($"present [{string.Join(", ", names)}]", cancellationToken);
    }

    /// <summary>
    /// Makes the node a healthy one: up, its certificate with its complete chain, and no setting of its own that makes it differ
    /// from the others. A certificate that is itself at fault stays: <see cref="AutoDetectLab.RepairAsync"/> puts the scenario's
    /// fault right wherever it is.
    /// </summary>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    public Task RepairAsync(CancellationToken cancellationToken = default) => _lab.Control.ChangeAsync(
        scenario => scenario with
        {
            LoadBalancers = [.. scenario.LoadBalancers.Select(balancer => balancer with { Nodes = [.. balancer.Nodes.Select(node => Is(node.Name) ? Healthy(node) : node)] })],
        },
        $"{LoadBalancer}/{Name} is healthy.",
        cancellationToken);

    /// <summary>Changes one setting of the node: a key of a scenario's node and its value, or a verb.</summary>
    /// <param name="change">What <see cref="ScenarioChange"/> reads behind the colon, for example <c>latency 200ms</c>, <c>auth basic</c> or <c>install issuing</c>.</param>
    /// <param name="cancellationToken">Gives up; a change that has begun to be made is made.</param>
    /// <exception cref="ScenarioChangeException">The change cannot be made; the lab stays as it is.</exception>
    public Task ChangeAsync(string change, CancellationToken cancellationToken = default) =>
        _lab.ChangeAsync($"{LoadBalancer}/{Name}: {change}", cancellationToken);

    /// <inheritdoc/>
    public override string ToString() => $"{LoadBalancer}/{Name}";

    private static NodeDefinition Healthy(NodeDefinition node) => new()
    {
        Name = node.Name,
        Present = node.Present is null ? null : new PresentedChainRecipe { Certificate = node.Present.Certificate },
        Organization = node.Organization,
        Weight = Math.Max(1, node.Weight),
        InternalAddress = node.InternalAddress,
    };

    private (VirtualIp VirtualIp, Node Node) Find()
    {
        foreach (var virtualIp in _lab.Network.VirtualIps)
        {
            if (virtualIp.UsesTls && string.Equals(virtualIp.Name, LoadBalancer, StringComparison.OrdinalIgnoreCase) && virtualIp.Balancer.Find(Name) is { } node)
            {
                return (virtualIp, node);
            }
        }

        throw new InvalidOperationException($"The lab has no node {this} any more.");
    }

    private bool Is(string name) => string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);
}
