namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>Recognizes a balancer that deals its nodes out in a fixed order.</summary>
internal static class TurnOrder
{
    /// <summary>How unlikely it must be that a balancer that draws lots repeats itself as often by chance.</summary>
    private const double Chance = 0.0001;

    /// <summary>
    /// The length of the order that a sequence of nodes repeats throughout, at least once in full; null where there is none, or
    /// where drawing lots could have looked the same.
    /// </summary>
    public static int? Find(IReadOnlyList<string> nodes)
    {
        var shares = nodes.GroupBy(node => node, StringComparer.Ordinal).Select(group => (double)group.Count() / nodes.Count).ToList();
        if (shares.Count < 2)
        {
            return null;
        }

        // The chance that two draws are equal.
        var match = shares.Sum(share => share * share);
        for (var period = shares.Count; period <= nodes.Count / 2; period++)
        {
            if (Repeats(nodes, period))
            {
                return Math.Pow(match, nodes.Count - period) < Chance ? period : null;
            }
        }

        return null;
    }

    private static bool Repeats(IReadOnlyList<string> nodes, int period)
    {
        for (var index = period; index < nodes.Count; index++)
        {
            if (!string.Equals(nodes[index], nodes[index - period], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
