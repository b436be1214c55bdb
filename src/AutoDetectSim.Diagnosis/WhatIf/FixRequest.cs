using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>Changes whose effect is requested: written out, or <see cref="All"/> for the fewest that help.</summary>
/// <param name="Changes">The changes, each in a line; empty for a search.</param>
internal sealed record FixRequest(IReadOnlyList<string> Changes)
{
    /// <summary>The word for a search.</summary>
    public const string All = "all";

    /// <summary>Whether the changes are searched for.</summary>
    public bool IsSearch => Changes.Count == 0;

    /// <summary>Reads the requested changes, and reports every problem with them in a scenario at once.</summary>
    /// <param name="written">The changes, or <see cref="All"/> alone.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="problems">The problems, a sentence each; empty if there are none.</param>
    public static FixRequest Parse(IReadOnlyList<string> written, Scenario scenario, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        problems = found;
        if (written.Any(change => string.Equals(change.Trim(), All, StringComparison.OrdinalIgnoreCase)))
        {
            if (written.Count > 1)
            {
                found.Add($"--fix {All} cannot be combined with other changes.");
            }

            return new FixRequest([]);
        }

        foreach (var change in written)
        {
            try
            {
                scenario = ScenarioChange.Parse(change).ApplyTo(scenario);
            }
            catch (ScenarioChangeException exception)
            {
                found.AddRange(exception.Message.Split('\n').Select(line => "--fix " + line));
            }
        }

        return new FixRequest([.. written.Select(change => change.Trim())]);
    }

    /// <summary>Puts the changes into a lab, as if it had been started with them.</summary>
    /// <param name="lab">The lab; it is left with the changes.</param>
    /// <param name="email">The address that a search is for.</param>
    /// <param name="progress">Receives the number of worlds that a search has tried.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ScenarioChangeException">A running lab cannot make the change.</exception>
    public async Task<FixSearchResult> ApplyAsync(Lab lab, EmailAddress email, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var result = IsSearch
            ? await new SmallestFix(lab, email, progress).FindAsync(cancellationToken)
            : new FixSearchResult(Changes, IsComplete: false, IsSmallest: false);
        var changed = result.Changes.Aggregate(lab.Control.Original, (scenario, change) => ScenarioChange.Parse(change).ApplyTo(scenario));
        await lab.Control.RestartAsync(changed, "What if: " + string.Join("; ", result.Changes), cancellationToken);
        return result;
    }
}
