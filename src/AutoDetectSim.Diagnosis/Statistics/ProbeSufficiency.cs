namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>Whether enough connections were made to have met every node, and what would have been enough.</summary>
internal sealed record ProbeSufficiency
{
    private const double Usual = 0.95;
    private const double High = 0.99;

    /// <summary>The share of connections whose servers must not stay hidden among others that look different: one in twenty.</summary>
    internal const double ShareToRuleOut = 0.05;

    private static readonly int ShareNeeded95 = CouponCollector.ProbesToMeet(ShareToRuleOut, Usual);
    private static readonly int ShareNeeded99 = CouponCollector.ProbesToMeet(ShareToRuleOut, High);

    /// <summary>How unlikely the count of the rarest node must be before equal shares are given up.</summary>
    private const double Implausible = 0.001;

    /// <summary>Connections that were made.</summary>
    public required int Made { get; init; }

    /// <summary>Different nodes that were met; where some have no name, those that look alike count as one.</summary>
    public required int NodesMet { get; init; }

    /// <summary>Whether nodes were met that have no name: there may be any number that look alike, so <see cref="NodesMet"/> is the least number of them.</summary>
    public bool HasLookAlikes { get; init; }

    /// <summary>Whether the nodes met may all take the same share; where not, the observed shares are reckoned with.</summary>
    public required bool EqualShares { get; init; }

    /// <summary>Connections that meet as many nodes as were met with 95% confidence.</summary>
    public required int Needed95 { get; init; }

    /// <summary>Connections that meet as many nodes as were met with 99% confidence.</summary>
    public required int Needed99 { get; init; }

    /// <summary>Connections that rule out one more node, as often met as the others, with 95% confidence.</summary>
    public required int NeededToRuleOutOneMore { get; init; }

    /// <summary>The largest share of a node that may still be unmet, with 95% confidence.</summary>
    public required double LargestHiddenShare { get; init; }

    /// <summary>The length of the fixed order in which the nodes came, or null.</summary>
    public int? Turn { get; init; }

    /// <summary>Connections that rule out whatever would make the verdict wrong, with 95% confidence: one more node, or among nodes without a name a kind of server that gets one connection in twenty.</summary>
    public int NeededToBeSure => Math.Max(Math.Max(Needed95, NeededToRuleOutOneMore), HasLookAlikes ? ShareNeeded95 : 0);

    /// <summary>Whether every node has been met, as far as 95% confidence goes.</summary>
    public bool Enough => NodesMet > 0 && (Turn is not null || Made >= NeededToBeSure);

    /// <summary>Whether another node as frequent as those that were met is ruled out, however many there are that look alike.</summary>
    public bool EnoughForOneMore => NodesMet > 0 && (Turn is not null || Made >= Math.Max(Needed95, NeededToRuleOutOneMore));

    /// <summary>
    /// Whether a run that goes on until it has enough may end. To look again and again whether it is enough costs confidence, so that
    /// it takes more than a number fixed in advance: with this, every node is met in more than 95 of 100 runs.
    /// </summary>
    public bool MayStop => Enough && (Turn is not null || Made >= Math.Max(Needed99, HasLookAlikes ? ShareNeeded99 : 0));

    /// <summary>Reckons for the nodes met.</summary>
    /// <param name="nodes">Their names, in the order of the connections.</param>
    /// <param name="hasLookAlikes">Whether some of the names are each for any number of nodes that look alike.</param>
    public static ProbeSufficiency From(IReadOnlyList<string> nodes, bool hasLookAlikes = false)
    {
        var counts = nodes.GroupBy(node => node, StringComparer.Ordinal).Select(group => group.Count()).ToList();
        if (counts.Count == 0)
        {
            return new ProbeSufficiency { Made = 0, NodesMet = 0, EqualShares = true, Needed95 = 1, Needed99 = 1, NeededToRuleOutOneMore = CouponCollector.ProbesNeeded(2, Usual), LargestHiddenShare = 1, HasLookAlikes = hasLookAlikes };
        }

        var equal = counts.Count == 1 || BinomialTail(counts.Min(), nodes.Count, 1.0 / counts.Count) >= Implausible / counts.Count;
        var shares = counts.Select(count => (double)count).ToList();
        return new ProbeSufficiency
        {
            Made = nodes.Count,
            NodesMet = counts.Count,
            EqualShares = equal,
            Needed95 = equal ? CouponCollector.ProbesNeeded(counts.Count, Usual) : CouponCollector.ProbesNeeded(shares, Usual),
            Needed99 = equal ? CouponCollector.ProbesNeeded(counts.Count, High) : CouponCollector.ProbesNeeded(shares, High),
            NeededToRuleOutOneMore = CouponCollector.ProbesNeeded(counts.Count + 1, Usual),
            LargestHiddenShare = CouponCollector.LargestHiddenShare(nodes.Count, Usual),
            Turn = TurnOrder.Find(nodes),
            HasLookAlikes = hasLookAlikes,
        };
    }

    /// <summary>The probability of at most <paramref name="count"/> successes in <paramref name="trials"/>.</summary>
    private static double BinomialTail(int count, int trials, double share)
    {
        var term = Math.Pow(1 - share, trials);
        var sum = term;
        for (var successes = 1; successes <= count; successes++)
        {
            term *= (trials - successes + 1) / (double)successes * share / (1 - share);
            sum += term;
        }

        return Math.Min(1, sum);
    }
}
