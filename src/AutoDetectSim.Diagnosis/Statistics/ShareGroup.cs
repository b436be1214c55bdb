namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>Nodes that take the same share of the connections each.</summary>
/// <param name="Share">The share of one of them, above 0 and at most 1.</param>
/// <param name="Nodes">How many there are.</param>
internal sealed record ShareGroup(double Share, int Nodes)
{
    /// <summary>Gathers equal shares, largest first, after scaling them to a sum of one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no share, there are too many, or one is not positive or too small.</exception>
    public static IReadOnlyList<ShareGroup> From(IReadOnlyList<double> shares)
    {
        if (shares.Count is 0 or > CouponCollector.MaximumNodes)
        {
            throw new ArgumentOutOfRangeException(nameof(shares), shares.Count, $"Between 1 and {CouponCollector.MaximumNodes} shares can be reckoned with.");
        }

        var sum = shares.Sum();
        if (shares.Any(share => !(share > 0) || !double.IsFinite(share) || share / sum < CouponCollector.SmallestShare))
        {
            throw new ArgumentOutOfRangeException(nameof(shares), "Every share has to be positive and not vanishingly small.");
        }

        return [.. shares
            .Select(share => Math.Round(share / sum, 12))
            .GroupBy(share => share)
            .OrderByDescending(group => group.Key)
            .Select(group => new ShareGroup(group.Key, group.Count()))];
    }
}
