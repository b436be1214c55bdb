using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>Searches for the fewest changes to one scenario after which every detection of an address does what it should, by trying them on a lab.</summary>
/// <param name="lab">The lab; it is left with the scenario that was tried last.</param>
/// <param name="scenario">The scenario, its defaults filled in.</param>
/// <param name="email">The address.</param>
/// <param name="progress">Receives the number of scenarios tried so far.</param>
internal sealed class FixSearch(Lab lab, Scenario scenario, EmailAddress email, IProgress<int>? progress)
{
    /// <summary>How many worlds are tried in search of a smaller set than the first that was found, and of a first one where all changes together are none.</summary>
    private const int MostTries = 120;

    private readonly FixEvaluator _judge = new(lab, email);
    private readonly int _attempts = DetectionsNeeded.For(scenario);
    private bool _withProvisioning = true;
    private int _tries;

    /// <summary>Searches.</summary>
    /// <returns>The changes; null where none of those that were tried help.</returns>
    public async Task<FoundChanges?> FindAsync(CancellationToken cancellationToken)
    {
        var sound = Sound(ChangeCandidates.Of(scenario, email.Text));
        foreach (var withProvisioning in (bool[])[true, false])
        {
            _withProvisioning = withProvisioning;
            if (await IsGoodAsync([], cancellationToken))
            {
                return new FoundChanges([], IsSmallest: true, withProvisioning);
            }

            if (await FirstAsync(sound, cancellationToken) is { } first)
            {
                var reduced = await ReduceNodesAsync(await ReduceAsync(first, cancellationToken), cancellationToken);
                var (found, isSmallest) = await SmallerAsync(sound, reduced, cancellationToken);
                return new FoundChanges(found, isSmallest, withProvisioning);
            }
        }

        return null;
    }

    /// <summary>A set of changes that helps; null if none is found.</summary>
    private async Task<IReadOnlyList<ChangeCandidate>?> FirstAsync(List<ChangeCandidate> candidates, CancellationToken cancellationToken)
    {
        if (await IsGoodAsync(candidates, cancellationToken))
        {
            return candidates;
        }

        // A default is not always the right value: one change may undo what the others do.
        var left = MostTries;
        IEnumerable<IReadOnlyList<ChangeCandidate>> others =
        [
            .. candidates.Select(candidate => (IReadOnlyList<ChangeCandidate>)[candidate]),
            .. candidates.Select(candidate => candidates.Where(other => other != candidate).ToList()),
        ];
        foreach (var some in others.Concat(Subsets(candidates, 2)))
        {
            if (left-- == 0)
            {
                break;
            }

            if (await IsGoodAsync(some, cancellationToken))
            {
                return some;
            }
        }

        return null;
    }

    /// <summary>Removes changes that are not needed, the most laborious first: the rest needs the least effort.</summary>
    private async Task<IReadOnlyList<ChangeCandidate>> ReduceAsync(IReadOnlyList<ChangeCandidate> candidates, CancellationToken cancellationToken)
    {
        var kept = candidates.ToList();
        for (var size = Math.Max(1, kept.Count / 2); size >= 1; size /= 2)
        {
            for (var end = kept.Count; end > 0; end -= size)
            {
                var start = Math.Max(0, end - size);
                List<ChangeCandidate> rest = [.. kept[..start], .. kept[end..]];
                if (rest.Count < kept.Count && await IsGoodAsync(rest, cancellationToken))
                {
                    kept = rest;
                    end = start + size;
                }
            }
        }

        return kept;
    }

    /// <summary>Takes away nodes that need not be changed, halves at first.</summary>
    private async Task<IReadOnlyList<ChangeCandidate>> ReduceNodesAsync(IReadOnlyList<ChangeCandidate> candidates, CancellationToken cancellationToken)
    {
        var result = candidates.ToList();
        for (var index = 0; index < result.Count; index++)
        {
            var left = MostTries / 4;
            for (var size = result[index].Nodes.Count / 2; size >= 1 && left > 0; size /= 2)
            {
                for (var start = 0; start < result[index].Nodes.Count && result[index].Nodes.Count > 1 && left > 0;)
                {
                    left--;
                    var nodes = result[index].Nodes.Where((_, place) => place < start || place >= start + size).ToList();
                    List<ChangeCandidate> fewer = [.. result];
                    fewer[index] = result[index] with { Nodes = nodes };
                    if (nodes.Count > 0 && await IsGoodAsync(fewer, cancellationToken))
                    {
                        result = fewer;
                    }
                    else
                    {
                        start += size;
                    }
                }
            }
        }

        return result;
    }

    private async Task<(IReadOnlyList<ChangeCandidate> Found, bool IsSmallest)> SmallerAsync(List<ChangeCandidate> candidates, IReadOnlyList<ChangeCandidate> found, CancellationToken cancellationToken)
    {
        var left = MostTries;
        for (var size = 1; size < found.Count; size++)
        {
            foreach (var some in Subsets(candidates, size))
            {
                if (left-- == 0)
                {
                    return (found, false);
                }

                if (await IsGoodAsync(some, cancellationToken))
                {
                    return (await ReduceNodesAsync(some, cancellationToken), true);
                }
            }
        }

        return (found, true);
    }

    private async Task<bool> IsGoodAsync(IReadOnlyList<ChangeCandidate> candidates, CancellationToken cancellationToken)
    {
        progress?.Report(++_tries);
        try
        {
            var changed = candidates.Aggregate(scenario, (world, candidate) => ScenarioChange.Parse(candidate.Change).ApplyTo(world));
            await lab.Control.RestartAsync(changed, "What if: " + string.Join("; ", candidates.Select(candidate => candidate.Change)), cancellationToken);
        }
        catch (ScenarioChangeException)
        {
            return false;
        }

        return (await _judge.JudgeAsync(_attempts, _withProvisioning, cancellationToken)).IsPerfect;
    }

    /// <summary>The candidates that change something and can be made together: of two that exclude one another, the one with less effort.</summary>
    private List<ChangeCandidate> Sound(IReadOnlyList<ChangeCandidate> candidates)
    {
        var sound = new List<ChangeCandidate>();
        var kept = scenario;
        var text = Text(kept);
        foreach (var candidate in candidates)
        {
            try
            {
                var next = ScenarioChange.Parse(candidate.Change).ApplyTo(kept);
                var nextText = Text(next);
                if (!string.Equals(text, nextText, StringComparison.Ordinal))
                {
                    (kept, text) = (next, nextText);
                    sound.Add(candidate);
                }
            }
            catch (ScenarioChangeException)
            {
                // It has no place beside what is kept already.
            }
        }

        return sound;

        static string Text(Scenario scenario) => ScenarioWriter.Write(scenario with { Fault = null });
    }

    private static IEnumerable<IReadOnlyList<ChangeCandidate>> Subsets(List<ChangeCandidate> candidates, int size)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }

        for (var index = 0; index <= candidates.Count - size; index++)
        {
            foreach (var rest in Subsets(candidates[(index + 1)..], size - 1))
            {
                yield return [candidates[index], .. rest];
            }
        }
    }
}

/// <summary>Changes after which every detection does what it should.</summary>
/// <param name="Candidates">The changes; none where nothing needs to be changed.</param>
/// <param name="IsSmallest">Whether it is certain that no fewer of the changes that were thought of do.</param>
/// <param name="WithProvisioning">Whether Exchange Online can provision the mailbox as well.</param>
internal sealed record FoundChanges(IReadOnlyList<ChangeCandidate> Candidates, bool IsSmallest, bool WithProvisioning);
