using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using Node = AutoDetectSim.Network.LoadBalancing.ServedNode;

namespace AutoDetectSim.Testing;

/// <summary>One of the customer's nodes in a running lab: its current state, and methods to change it.</summary>
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

    /// <summary>Whether the load balancer sends it connections: it is up and passes the health probe, if there is one.</summary>
    public bool IsAvailable => Find().Node.IsAvailable;

    /// <summary>The names of the certificates that it presents to a client of its host, in wire order; empty without TLS.</summary>
    public IReadOnlyList<string> Presented => Find().Node.Identity?.Names ?? [];

    /// <summary>
    /// The verdict of AutoDetect, a strict Node.js client, on the chain at the lab's time: <c>OK</c>, or a code such as
    /// <c>UNABLE_TO_VERIFY_LEAF_SIGNATURE</c>. A probe tool should report the same.
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

    /// <summary>Takes the node out of the load balancer: it receives no new connections.</summary>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    public Task MarkDownAsync(CancellationToken cancellationToken = default) => ChangeAsync("up false", cancellationToken);

    /// <summary>Puts the node back into the load balancer.</summary>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    public Task MarkUpAsync(CancellationToken cancellationToken = default) => ChangeAsync("up true", cancellationToken);

    /// <summary>Makes the node present its certificate in a shape, for example <see cref="ChainShape.MissingIntermediate"/>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">The node presents nothing because its load balancer terminates TLS, or its certificate cannot have the shape.</exception>
    public Task PresentAsync(ChainShape shape, CancellationToken cancellationToken = default) =>
        ChangeAsync("present " + ChainShapes.NameOf(shape), cancellationToken);

    /// <summary>Makes the node present an exact list of certificates.</summary>
    /// <param name="names">Names of certificates and authorities of the scenario, in wire order.</param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">A name is unknown, or the node presents nothing because its load balancer terminates TLS.</exception>
    public Task PresentAsync(IEnumerable<string> names, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        return ChangeAsync($"present [{string.Join(", ", names)}]", cancellationToken);
    }

    /// <summary>
    /// Makes the node healthy: up, its certificate with the complete chain, and no setting that differs
    /// from the others. A faulty certificate is not replaced: <see cref="AutoDetectLab.RepairAsync"/> repairs the scenario's
    /// fault wherever it is.
    /// </summary>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    public Task RepairAsync(CancellationToken cancellationToken = default) => _lab.Control.ChangeAsync(
        scenario => scenario with
        {
            LoadBalancers = [.. scenario.LoadBalancers.Select(balancer => balancer with { Nodes = [.. balancer.Nodes.Select(node => Is(node.Name) ? Healthy(node) : node)] })],
        },
        $"{LoadBalancer}/{Name} is healthy.",
        cancellationToken);

    /// <summary>Changes one setting of the node: a key of a scenario's node and its value, or a verb.</summary>
    /// <param name="change">What <see cref="ScenarioChange"/> reads behind the colon, for example <c>latency 200ms</c>, <c>auth basic</c> or <c>install issuing</c>.</param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">The change cannot be applied; the lab is unchanged.</exception>
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

        throw new InvalidOperationException($"The lab no longer has a node {this}.");
    }

    private bool Is(string name) => string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);
}
