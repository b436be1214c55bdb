namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>
/// How many probes it takes to meet every node behind a balancer. Everything here assumes that each connection is balanced
/// on its own; a sticky balancer has to be ruled out first.
/// </summary>
internal static class CouponCollector
{
    /// <summary>The most nodes that are reckoned with.</summary>
    public const int MaximumNodes = 10_000;

    /// <summary>The smallest share that is reckoned with.</summary>
    public const double SmallestShare = 1e-5;

    /// <summary>The fewest probes that meet all of <paramref name="nodes"/> equally likely nodes with at least this probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no node, there are more than <see cref="MaximumNodes"/>, or the confidence does not lie between 0 and 1.</exception>
    public static int ProbesNeeded(int nodes, double confidence)
    {
        CheckNodes(nodes);
        CheckConfidence(confidence);
        var state = new EqualShares(nodes);
        while (state.AllMet < confidence)
        {
            state.Probe();
        }

        return state.Probes;
    }

    /// <summary>About as many as <see cref="ProbesNeeded(int, double)"/>, for any number of nodes and at once: the limit law, which is within a few probes.</summary>
    public static int AboutProbesNeeded(int nodes, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        CheckConfidence(confidence);
        return (int)Math.Ceiling(nodes * (Math.Log(nodes) - Math.Log(-Math.Log(confidence))));
    }

    /// <summary>The fewest probes that meet all nodes with at least this probability when the nodes take these shares of the connections.</summary>
    /// <param name="shares">The shares, in any order; they are scaled to a sum of one.</param>
    /// <param name="confidence">The probability that is asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no share, one is not positive or below <see cref="SmallestShare"/>, or the confidence does not lie between 0 and 1.</exception>
    public static int ProbesNeeded(IReadOnlyList<double> shares, double confidence)
    {
        CheckConfidence(confidence);
        var groups = ShareGroup.From(shares);
        if (groups is [{ } only])
        {
            return ProbesNeeded(only.Nodes, confidence);
        }

        // Whoever has met the rarest node alone with too small a probability has not met all; and the chance to miss some node
        // is at most the sum of the chances to miss each.
        var low = groups.Max(group => ProbesToMeet(group.Share, confidence));
        low = Math.Max(low, groups.Sum(group => group.Nodes));
        var high = low;
        while (groups.Sum(group => group.Nodes * Math.Pow(1 - group.Share, high)) > 1 - confidence)
        {
            high += Math.Max(1, high / 8);
        }

        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (UnequalShares.AllMet(groups, middle) >= confidence)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The probability that a number of probes meets every one of equally likely nodes.</summary>
    public static double AllMet(int nodes, int probes)
    {
        CheckNodes(nodes);
        ArgumentOutOfRangeException.ThrowIfNegative(probes);
        var state = new EqualShares(nodes);
        while (state.Probes < probes)
        {
            state.Probe();
        }

        return state.AllMet;
    }

    /// <summary>The probability that a number of probes meets every node when the nodes take these shares of the connections.</summary>
    public static double AllMet(IReadOnlyList<double> shares, int probes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probes);
        return UnequalShares.AllMet(ShareGroup.From(shares), probes);
    }

    /// <summary>The fewest probes that meet one node with this share at least once, with at least this probability.</summary>
    public static int ProbesToMeet(double share, double confidence)
    {
        CheckConfidence(confidence);
        if (share is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies above 0 and is at most 1.");
        }

        if (share == 1)
        {
            return 1;
        }

        var probes = (int)Math.Max(1, Math.Floor(Math.Log(1 - confidence) / Math.Log(1 - share)) - 1);
        while (1 - Math.Pow(1 - share, probes) < confidence)
        {
            probes++;
        }

        return probes;
    }

    /// <summary>The largest share of connections that a node may take and still have stayed unseen; a node with a larger one would have been met with at least this probability.</summary>
    public static double LargestHiddenShare(int probes, double confidence)
    {
        CheckConfidence(confidence);
        ArgumentOutOfRangeException.ThrowIfNegative(probes);
        return probes == 0 ? 1 : 1 - Math.Pow(1 - confidence, 1.0 / probes);
    }

    /// <summary>
    /// The upper end of the one-sided confidence interval for the number of equally likely nodes, after
    /// <paramref name="probes"/> probes met <paramref name="seen"/> different ones; null when even <see cref="MaximumNodes"/> cannot be ruled out.
    /// </summary>
    public static int? MostNodes(int seen, int probes, double confidence)
    {
        CheckNodes(seen);
        CheckConfidence(confidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, seen);
        if (!CanBe(MaximumNodes))
        {
            var (low, high) = (seen, MaximumNodes);
            while (low < high)
            {
                var middle = low + ((high - low + 1) / 2);
                (low, high) = CanBe(middle) ? (middle, high) : (low, middle - 1);
            }

            return low;
        }

        return null;

        bool CanBe(int nodes)
        {
            var state = new EqualShares(nodes);
            while (state.Probes < probes)
            {
                state.Probe();
            }

            return state.AtMost(seen) >= 1 - confidence;
        }
    }

    private static void CheckNodes(int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes, MaximumNodes);
    }

    private static void CheckConfidence(double confidence)
    {
        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        }
    }
}
