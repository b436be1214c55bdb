using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.WhatIf;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>A check of the same host after changes.</summary>
internal sealed record WhatIfDocument
{
    /// <summary>The changes, each in a line.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>The changes as sentences that a customer can act on.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>For changes that were searched for: whether every detection does what it should after them; null for changes that were given.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>For changes that were searched for: whether it is certain that no fewer do; null for changes that were given.</summary>
    public bool? IsSmallest { get; init; }

    /// <summary>Whether the changes were applied to a lab that reproduces what was observed, because the host itself is not in a lab.</summary>
    public required bool IsReproduction { get; init; }

    /// <summary>The hosts after the changes; empty where there is nothing to change.</summary>
    public required IReadOnlyList<HostAfterDocument> Hosts { get; init; }

    /// <summary>The document of a check before and after changes.</summary>
    public static WhatIfDocument From(CheckResult before, CheckAfterFix fix) => new()
    {
        Changes = fix.Changes,
        Actions = [.. fix.Changes.Select(ChangeText.Of)],
        IsComplete = fix.IsComplete,
        IsSmallest = fix.IsSmallest,
        IsReproduction = fix.IsReproduction,
        Hosts = [.. (fix.After?.Hosts ?? []).Select(host => new HostAfterDocument
        {
            Host = host.Host,
            Verdict = DocumentValues.Camel(host.Verdict),
            Attempts = host.Attempts,
            Successes = host.Successes,
            SuccessRate = host.SuccessRate,
            SuccessRateBefore = before.Hosts.FirstOrDefault(one => one.Role == host.Role && string.Equals(one.Host, host.Host, StringComparison.OrdinalIgnoreCase)) is { } old ? old.SuccessRate : null,
            FaultyNodes = [.. host.FaultyNodes.Select(node => node.Name)],
        })],
    };
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
