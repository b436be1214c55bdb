using System.Globalization;

namespace AutoDetectSim.Training.Observing;

/// <summary>What a lab should do: what the healthy world was seen to do. Says how far an observation is from it, and which of two is nearer.</summary>
/// <param name="healthy">What was seen of the healthy world.</param>
internal sealed class HealthyBaseline(LabObservation healthy)
{
    /// <summary>
    /// What does not work yet, a sentence each; empty when everything works. The sentences name what is visible from outside, and not
    /// the fault.
    /// </summary>
    public IReadOnlyList<string> Missing(LabObservation seen)
    {
        var missing = new List<string>();
        foreach (var (now, goal) in Pairs(seen))
        {
            var right = Right(now.Outcomes, goal.MainOutcome);
            if (right < now.Attempts)
            {
                missing.Add(string.Create(CultureInfo.InvariantCulture, $"In {now.Attempts - right} of {now.Attempts} detections of {now.Address} the phone shows {Others(now.Outcomes, goal.MainOutcome)} instead of {goal.MainOutcome}."));
            }
            else if (goal.MainProvisioning is { } wanted && now.Provisioning is { } provisioning && Right(provisioning, wanted) is var provisioned && provisioned < provisioning.Values.Sum())
            {
                missing.Add(string.Create(CultureInfo.InvariantCulture, $"The account is added, but mail does not arrive in {provisioning.Values.Sum() - provisioned} of {provisioning.Values.Sum()} attempts: Exchange Online cannot provision the mailbox of {now.Address}."));
            }
        }

        var away = healthy.NodesInService.Except(seen.NodesInService, StringComparer.OrdinalIgnoreCase).Count();
        if (away > 0)
        {
            missing.Add(away == 1 ? "1 server that was in service when the customer called receives no connections." : $"{away} servers that were in service when the customer called receive no connections.");
        }

        var refused = healthy.AcceptedChains.Except(seen.AcceptedChains, StringComparer.OrdinalIgnoreCase).Any();
        if (refused && missing.Count == 0)
        {
            missing.Add("All detections succeed, but at least one server still fails strict validation for one of its host names.");
        }

        return missing;
    }

    /// <summary>Whether something is better in one observation than in an earlier one.</summary>
    public bool IsBetter(LabObservation before, LabObservation after) => IsWorse(after, before);

    /// <summary>Whether something is worse in one observation than in an earlier one.</summary>
    public bool IsWorse(LabObservation before, LabObservation after) =>
        Lost(before.NodesInService, after.NodesInService)
        || Lost(before.AcceptedChains, after.AcceptedChains)
        || Pairs(before).Zip(Pairs(after)).Any(pair => IsWorse(pair.First.Seen, pair.Second.Seen, pair.First.Goal));

    private static bool IsWorse(AddressObservation before, AddressObservation after, AddressObservation goal)
    {
        double Share(AddressObservation seen) => (double)Right(seen.Outcomes, goal.MainOutcome) / seen.Attempts;
        bool IsRight(IReadOnlyDictionary<string, int> outcomes) => Right(outcomes, goal.MainOutcome) == outcomes.Values.Sum();
        var (shareBefore, shareAfter) = (Share(before), Share(after));
        if (shareBefore > shareAfter && (shareBefore == 1 || shareAfter == 0))
        {
            return true;
        }

        if (before.OutcomesByNode.Any(node => IsRight(node.Value) && after.OutcomesByNode.TryGetValue(node.Key, out var later) && !IsRight(later)))
        {
            return true;
        }

        // Where no detection succeeds either way, it still tells how far they come.
        return (shareBefore == 0 && shareAfter == 0 && after.Reach < before.Reach - 0.25)
            || (goal.MainProvisioning is { } wanted && before.Provisioning is { } one && after.Provisioning is { } other && Right(one, wanted) == one.Values.Sum() && Right(other, wanted) < other.Values.Sum());
    }

    private IEnumerable<(AddressObservation Seen, AddressObservation Goal)> Pairs(LabObservation seen) => seen.Addresses.Zip(healthy.Addresses);

    private bool Lost(IEnumerable<string> before, IEnumerable<string> after)
    {
        var counted = healthy.AcceptedChains.Concat(healthy.NodesInService).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return before.Except(after, StringComparer.OrdinalIgnoreCase).Any(counted.Contains);
    }

    private static int Right(IReadOnlyDictionary<string, int> counts, string wanted) => counts.GetValueOrDefault(wanted);

    private static string Others(IReadOnlyDictionary<string, int> outcomes, string wanted) =>
        string.Join(" or ", outcomes.Keys.Where(outcome => !string.Equals(outcome, wanted, StringComparison.Ordinal)));
}
