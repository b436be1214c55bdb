namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>What would come of changes. Its JSON form is part of the contract of <see cref="DetectionRunResult"/>: members are added, never renamed.</summary>
internal sealed record WhatIfResult
{
    /// <summary>The changes, each in a line.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>For changes that were searched for: whether every detection does what it should after them. Null for changes that were given.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>For changes that were searched for: whether it is certain that no fewer do. Null for changes that were given.</summary>
    public bool? IsSmallest { get; init; }

    /// <summary>The same detections after the changes; null where there is nothing to change.</summary>
    public DetectionRunResult? After { get; init; }
}
