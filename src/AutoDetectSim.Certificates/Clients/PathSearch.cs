using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>
/// Lists the paths that a set of certificates allows, for clients that try another path when one fails. Only names and key
/// identifiers are looked at; the strict engine judges each path.
/// </summary>
internal static class PathSearch
{
    private const int MaximumPaths = 64;
    private const int MaximumLength = 12;

    /// <summary>Paths from the leaf upwards, leaf included, each as long as it can be; the likeliest first.</summary>
    public static IEnumerable<IReadOnlyList<DecodedCertificate>> Enumerate(DecodedCertificate leaf, IReadOnlyList<DecodedCertificate> pool)
    {
        var found = 0;
        var open = new Stack<IReadOnlyList<DecodedCertificate>>();
        open.Push([leaf]);
        while (open.Count > 0 && found < MaximumPaths)
        {
            var path = open.Pop();
            var top = path[^1];
            var issuers = path.Count == MaximumLength || top.SelfIssued
                ? []
                : pool.Where(candidate => candidate.Subject.Equals(top.Issuer) && !path.Any(candidate.SameAs))
                    .OrderByDescending(top.MayBeIssuedBy)
                    .ToList();
            if (issuers.Count == 0)
            {
                found++;
                yield return path;
                continue;
            }

            // A stack turns the order round: the likeliest goes on last.
            for (var index = issuers.Count - 1; index >= 0; index--)
            {
                open.Push([.. path, issuers[index]]);
            }
        }
    }
}
