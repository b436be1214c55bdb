using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>What a container asks for, as measured (docs/scale.md), and the memory beyond which it is ended.</summary>
/// <param name="Cpu">Processor time, for example <c>50m</c>.</param>
/// <param name="Memory">Memory.</param>
/// <param name="MemoryLimit">The most memory.</param>
internal sealed record PartResources(string Cpu, string Memory, string MemoryLimit)
{
    /// <summary>A node that a few phones call.</summary>
    public static PartResources Node { get; } = new("20m", "64Mi", "256Mi");

    /// <summary>Our balancer, the gateway, DNS and the cloud.</summary>
    public static PartResources Network { get; } = new("20m", "64Mi", "256Mi");

    /// <summary>An AutoDetect process.</summary>
    public static PartResources AutoDetect { get; } = new("100m", "128Mi", "512Mi");

    /// <summary>A Job that calls AutoDetect.</summary>
    public static PartResources Client { get; } = new("200m", "128Mi", "512Mi");

    /// <summary>nginx or HAProxy.</summary>
    public static PartResources RealBalancer { get; } = new("20m", "32Mi", "128Mi");

    /// <summary>A trainee's console with the lab and a lesson in one process.</summary>
    public static PartResources Console { get; } = new("50m", "128Mi", "512Mi");

    /// <summary>What a part of the lab needs.</summary>
    public static PartResources Of(ExportedKind kind) => kind switch
    {
        ExportedKind.Node => Node,
        ExportedKind.AutoDetect => AutoDetect,
        _ => Network,
    };

    /// <summary>The member <c>resources</c> of a container.</summary>
    public YamlMap ToTree() => Tree.Map(
        ("requests", Tree.Map(("cpu", Cpu), ("memory", Memory))),
        ("limits", Tree.Map(("memory", MemoryLimit))));
}
