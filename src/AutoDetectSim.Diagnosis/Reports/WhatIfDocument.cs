namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>A check of the same host after changes.</summary>
internal sealed record WhatIfDocument
{
    /// <summary>The changes, each in a line.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>For changes that were searched for: whether every detection does what it should after them; null for changes that were given.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>For changes that were searched for: whether it is certain that no fewer do; null for changes that were given.</summary>
    public bool? IsSmallest { get; init; }

    /// <summary>Whether the changes were applied to a lab that reproduces what was observed, because the host itself is not in a lab.</summary>
    public required bool IsReproduction { get; init; }

    /// <summary>The hosts after the changes; empty where there is nothing to change.</summary>
    public required IReadOnlyList<HostAfterDocument> Hosts { get; init; }
}

/// <summary>One host before and after changes.</summary>
internal sealed record HostAfterDocument
{
    public required string Host { get; init; }

    public required string Verdict { get; init; }

    public required int Attempts { get; init; }

    public required int Successes { get; init; }

    public required double SuccessRate { get; init; }

    /// <summary>The success rate without the changes; null for a host that the case led to only with them.</summary>
    public double? SuccessRateBefore { get; init; }

    public required IReadOnlyList<string> FaultyNodes { get; init; }
}
