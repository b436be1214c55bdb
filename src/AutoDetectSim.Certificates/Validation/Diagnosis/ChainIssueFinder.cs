using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.Diagnosis;

/// <summary>Describes a presented list in the words of SSL Labs, whose report most people compare with.</summary>
internal static class ChainIssueFinder
{
    internal static IReadOnlyList<ChainIssue> Find(ValidationDetail detail)
    {
        if (detail.Verification is null)
        {
            return [];
        }

        var presented = detail.Certificates;
        var used = new List<int>();
        foreach (var entry in detail.Entries)
        {
            var index = entry.PresentedIndex >= 0 ? entry.PresentedIndex : IndexOf(presented, entry.Certificate);
            if (index >= 0)
            {
                used.Add(index);
            }
        }

        var issues = new List<ChainIssue>();
        if (detail.Stopped)
        {
            issues.Add(ChainIssue.Incomplete);
        }

        if (used.Zip(used.Skip(1)).Any(static pair => pair.First > pair.Second))
        {
            issues.Add(ChainIssue.IncorrectOrder);
        }

        // A root that was sent for nothing is "contains anchor", not an extra certificate.
        var roots = Enumerable.Range(1, presented.Count - 1).Where(i => presented[i].SelfSigned).ToList();
        if (Enumerable.Range(0, presented.Count).Except(used).Except(roots).Any())
        {
            issues.Add(ChainIssue.ExtraCerts);
        }

        if (roots.Exists(i => used.Contains(i) || detail.Verification.Anchors.Contains(presented[i])))
        {
            issues.Add(ChainIssue.ContainsAnchor);
        }
        else if (roots.Count > 0 && !issues.Contains(ChainIssue.ExtraCerts))
        {
            issues.Add(ChainIssue.ExtraCerts);
        }

        issues.Sort();
        return issues;
    }

    private static int IndexOf(IReadOnlyList<DecodedCertificate> presented, DecodedCertificate certificate)
    {
        for (var i = 0; i < presented.Count; i++)
        {
            if (presented[i].SameAs(certificate))
            {
                return i;
            }
        }

        return -1;
    }
}
