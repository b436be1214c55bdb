using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary>A part of a lab that runs in a process by itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Role">The value of <c>run --role</c>.</param>
/// <param name="Name">Its name in the export: a DNS label.</param>
/// <param name="Port">The port of its process.</param>
internal sealed record ExportedPart(ExportedKind Kind, string Role, string Name, int Port)
{
    /// <summary>The balancer, or that of the node; null for other parts.</summary>
    public LoadBalancerDefinition? Balancer { get; init; }

    /// <summary>The node; null for other parts.</summary>
    public NodeDefinition? Node { get; init; }

    /// <summary>The port at which other parts reach it where the export can choose: the standard port of what it serves.</summary>
    public int ServicePort => Kind switch
    {
        ExportedKind.Balancer => Balancer!.Port,
        ExportedKind.Cloud => 443,
        ExportedKind.Dns => 53,
        _ => Port,
    };
}

/// <summary>What a part of a lab is.</summary>
internal enum ExportedKind
{
    /// <summary>A server behind a load balancer.</summary>
    Node,

    /// <summary>A load balancer.</summary>
    Balancer,

    /// <summary>The AutoDetect service.</summary>
    AutoDetect,

    /// <summary>Exchange Online, the login endpoint, providers and authorities.</summary>
    Cloud,

    /// <summary>The proxy for programs outside.</summary>
    Gateway,

    /// <summary>The DNS server.</summary>
    Dns,
}
