using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>
/// Finds the fewest changes to a lab after which every detection of an address does what it should. Nodes with the same settings
/// are searched as one, and the result is confirmed by detections that meet every node.
/// </summary>
/// <param name="lab">The lab.</param>
/// <param name="email">The address.</param>
/// <param name="progress">Receives the number of scenarios tried so far; null for none.</param>
internal sealed class SmallestFix(Lab lab, EmailAddress email, IProgress<int>? progress)
{
    /// <summary>Most nodes of a load balancer that are searched one by one, where a search with nodes taken together fails.</summary>
    private const int MostNodes = 64;

    /// <summary>Most detections that confirm a result.</summary>
    private const int MostConfirmations = 10_000;

    private readonly Scenario _scenario = lab.Control.Original;

    /// <summary>Searches. The lab ends up as it was started.</summary>
    public async Task<FixSearchResult> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var alike = AlikeNodes.Of(_scenario);
            var found = await new FixSearch(lab, alike.Representatives, email, progress).FindAsync(cancellationToken);
            if (!alike.AreFewer)
            {
                return found is null ? FixSearchResult.Nothing : new FixSearchResult([.. found.Candidates.Select(candidate => candidate.Change)], IsComplete: true, found.IsSmallest);
            }

            IReadOnlyList<string> changes = found is null ? [] : [.. found.Candidates.Select(alike.ForAll).Select(candidate => candidate.Change)];
            if (found is not null && await IsConfirmedAsync(changes, found.WithProvisioning, cancellationToken))
            {
                return new FixSearchResult(changes, IsComplete: true, found.IsSmallest);
            }

            if (_scenario.LoadBalancers.All(balancer => balancer.Nodes.Count <= MostNodes)
                && await new FixSearch(lab, _scenario, email, progress).FindAsync(cancellationToken) is { } thorough)
            {
                changes = [.. thorough.Candidates.Select(candidate => candidate.Change)];
                return new FixSearchResult(changes, await IsConfirmedAsync(changes, thorough.WithProvisioning, cancellationToken), thorough.IsSmallest);
            }

            return FixSearchResult.Nothing with { Changes = changes };
        }
        finally
        {
            await lab.ResetAsync(CancellationToken.None);
        }
    }

    /// <summary>Whether every detection does what it should with all nodes in turn.</summary>
    private async Task<bool> IsConfirmedAsync(IReadOnlyList<string> changes, bool withProvisioning, CancellationToken cancellationToken)
    {
        var changed = changes.Aggregate(_scenario, (scenario, change) => ScenarioChange.Parse(change).ApplyTo(scenario));
        var inTurn = changed with
        {
            LoadBalancers = [.. changed.LoadBalancers.Select(balancer => balancer with
            {
                Algorithm = BalancingAlgorithm.RoundRobin,
                Sequence = [],
                Nodes = [.. balancer.Nodes.Select(node => node with { Weight = 1 })],
            })],
        };
        var attempts = Math.Min(inTurn.LoadBalancers.Max(balancer => balancer.Nodes.Count(node => node.Up)), MostConfirmations);
        await lab.Control.RestartAsync(inTurn, "What if, every node in turn: " + string.Join("; ", changes), cancellationToken);
        return (await new FixEvaluator(lab, email).JudgeAsync(Math.Max(1, attempts), withProvisioning, cancellationToken)).IsPerfect;
    }
}

/// <summary>What a search for the fewest changes has found.</summary>
/// <param name="Changes">The changes, each in a line; none where nothing needs to be changed.</param>
/// <param name="IsComplete">Whether every detection does what it should after them.</param>
/// <param name="IsSmallest">Whether it is certain that no fewer of the changes that were thought of do.</param>
internal sealed record FixSearchResult(IReadOnlyList<string> Changes, bool IsComplete, bool IsSmallest)
{
    /// <summary>No change that was thought of helps.</summary>
    public static FixSearchResult Nothing { get; } = new([], IsComplete: false, IsSmallest: false);
}
