using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Cases;

/// <summary>The correct diagnosis of one fault. Any entry of a list is a correct answer; an empty list is not asked.</summary>
internal sealed record CaseFault
{
    /// <summary>Its name in the lesson's solution; may be null.</summary>
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
