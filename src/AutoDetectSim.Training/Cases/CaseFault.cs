using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Cases;

/// <summary>What a right diagnosis of one fault says. A list with several entries has several right answers, and an empty one is not asked for.</summary>
internal sealed record CaseFault
{
    /// <summary>What the lesson's solution calls it; null where it has no name.</summary>
    public string? Id { get; init; }

    /// <summary>Words of <see cref="FaultCatalogue"/>.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The part of the world.</summary>
    public required IReadOnlyList<FaultLayer> Layers { get; init; }

    /// <summary>Host names.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>All nodes that have the fault.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>Names of authorities and certificates in the world.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];
}
