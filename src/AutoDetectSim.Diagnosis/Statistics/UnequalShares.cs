namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>
/// The probability that a number of probes meets every node when groups of nodes take different shares. The probes are dealt to one
/// group after the other (each deal a binomial one), and within a group equal shares apply: exact, and without terms that cancel.
/// </summary>
internal static class UnequalShares
{
    /// <summary>How many standard deviations of a deal are looked at; what lies beyond has a probability far below 1e-20.</summary>
    private const double Deviations = 12;

    public static double AllMet(IReadOnlyList<ShareGroup> groups, int probes)
    {
        var factorials = LogFactorials(probes);
        var left = new double[probes + 1];
        left[probes] = 1;
        var share = 1.0;
        for (var index = 0; index < groups.Count - 1; index++)
        {
            var weight = groups[index].Share * groups[index].Nodes;
            left = Deal(left, Math.Min(1, weight / share), GroupMet(groups[index].Nodes, probes), factorials);
            share -= weight;
        }

        var last = GroupMet(groups[^1].Nodes, probes);
        var sum = 0.0;
        for (var count = 0; count <= probes; count++)
        {
            sum += left[count] * last[count];
        }

        return Math.Min(1, sum);
    }

    /// <summary>Deals to one group; what is left over, weighted by the chance that the group was met in full.</summary>
    private static double[] Deal(double[] left, double weight, double[] met, double[] factorials)
    {
        var (log, logOther) = (Math.Log(weight), Math.Log(1 - weight));
        var next = new double[left.Length];
        for (var count = 0; count < left.Length; count++)
        {
            if (left[count] <= 0)
            {
                continue;
            }

            var reach = (Deviations * Math.Sqrt(count * weight * (1 - weight))) + Deviations;
            var from = Math.Max(0, (int)Math.Floor((count * weight) - reach));
            var to = Math.Min(count, (int)Math.Ceiling((count * weight) + reach));
            for (var taken = from; taken <= to; taken++)
            {
                if (met[taken] > 0)
                {
                    var logPick = factorials[count] - factorials[taken] - factorials[count - taken] + (taken * log) + ((count - taken) * logOther);
                    next[count - taken] += left[count] * met[taken] * Math.Exp(logPick);
                }
            }
        }

        return next;
    }

    private static double[] GroupMet(int nodes, int probes)
    {
        var met = new double[probes + 1];
        var state = new EqualShares(nodes);
        for (var count = 1; count <= probes; count++)
        {
            state.Probe();
            met[count] = state.AllMet;
        }

        return met;
    }

    private static double[] LogFactorials(int count)
    {
        var logs = new double[count + 1];
        for (var index = 2; index <= count; index++)
        {
            logs[index] = logs[index - 1] + Math.Log(index);
        }

        return logs;
    }
}
