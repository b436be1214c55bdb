using System.Globalization;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>Puts what one call shows of a certificate into other calls that name it alone, and concludes lists that no call tells from the verdict.</summary>
internal static class ChainFiller
{
    private const int MaximumDepth = 20;

    public static IReadOnlyList<PlacedCall> Fill(IReadOnlyList<PlacedCall> calls)
    {
        var pool = calls.SelectMany(placed => placed.Call.Sent).Where(certificate => certificate.Der is not null).ToList();
        return [.. calls.Select(placed => Complete(placed with { Call = placed.Call with { Sent = [.. placed.Call.Sent.Select(certificate => Find(certificate, pool))] } }))];
    }

    private static SentCertificate Find(SentCertificate certificate, List<SentCertificate> pool)
    {
        if (certificate.Der is not null || certificate.Subject is not { } subject)
        {
            return certificate;
        }

        if (certificate.Issuer is not { } issuer)
        {
            // What a path names alone is the only certificate of that name, if there is one.
            return certificate.NotAfter is null && pool.Where(known => subject.Equals(known.Subject)).DistinctBy(known => known.Key, StringComparer.Ordinal).ToList() is [var only] ? only with { Line = certificate.Line } : certificate;
        }

        // The same names with another validity are another certificate.
        var found = pool.Find(known => subject.Equals(known.Subject) && issuer.Equals(known.Issuer)
            && (certificate.NotAfter is null || known.NotAfter is null || (certificate.NotAfter.Value - known.NotAfter.Value).Duration() < TimeSpan.FromMinutes(2)));
        return found is null ? certificate : found with { Line = certificate.Line };
    }

    private static PlacedCall Complete(PlacedCall placed)
    {
        var call = placed.Call;
        if (call.IsListKnown || call.Sent.Count != 1)
        {
            return call.IsListKnown || call.Sent.Count == 0 ? placed : placed.Guess("nothing says how many certificates were sent; those that are there are taken for all");
        }

        var leaf = call.Sent[0];
        var path = Above(call.Path, leaf);
        leaf = leaf.Issuer is null && path.Count > 0 ? leaf with { Issuer = path[0].Subject } : leaf;
        if (leaf.Subject is not null && leaf.Subject.Equals(leaf.Issuer))
        {
            return placed.With(call with { IsListKnown = true });
        }

        if (call.Verdict is not { } verdict)
        {
            return placed.With(call with { Sent = [leaf, new SentCertificate { Subject = leaf.Issuer, Line = leaf.Line }], Concluded = 1 })
                .Guess($"{call.Form} shows the server's own certificate alone, and does not say what else was sent; that its issuer was sent is assumed, and whether an intermediate is missing is not known");
        }

        if (path.Count > 0)
        {
            List<SentCertificate> above = [.. OfPath(path, verdict, leaf)];
            return placed.With(call with { Sent = [leaf, .. above], Concluded = above.Count })
                .Guess($"nothing says how many certificates were sent; those of the path of \"{verdict.Words}\" are assumed");
        }

        var untrusted = verdict.Codes.Contains("SELF_SIGNED_CERT_IN_CHAIN", StringComparer.Ordinal);
        var alone = verdict.Codes.Contains("UNABLE_TO_VERIFY_LEAF_SIGNATURE", StringComparer.Ordinal) || verdict.Codes.Contains("DEPTH_ZERO_SELF_SIGNED_CERT", StringComparer.Ordinal);
        if (alone)
        {
            var other = verdict.Codes.Count > 1 ? "; a chain below a root that the program does not trust would give the same" : "";
            return placed.With(call with { Sent = [leaf] }).Guess($"nothing says how many certificates were sent; by \"{verdict.Words}\" it is the server's own alone{other}");
        }

        var next = new SentCertificate { Subject = leaf.Issuer, Issuer = untrusted ? leaf.Issuer : null, Line = leaf.Line };
        return placed.With(call with { Sent = [leaf, next], Concluded = 1 }).Guess($"nothing says how many certificates were sent; by \"{verdict.Words}\" one more is assumed");
    }

    /// <summary>The path above the server's own certificate. -brief names the places of errors alone; the others have to be there.</summary>
    private static List<PathStep> Above(IReadOnlyList<PathStep> path, SentCertificate leaf)
    {
        var above = new List<PathStep>();
        for (var depth = 1; path.Count > 0 && depth <= Math.Min(path[^1].Depth, MaximumDepth); depth++)
        {
            var known = path.FirstOrDefault(step => step.Depth == depth && step.Subject is not null);
            above.Add(known ?? new PathStep(depth, depth == 1 && leaf.Issuer is { } issuer ? issuer : EvidenceName.Parse(string.Create(CultureInfo.InvariantCulture, $"CN=Unknown Authority {depth}, O=AutoDetectSim")), null, null));
        }

        return above;
    }

    /// <summary>What a program found above the server's own certificate was sent, except for the root where it came from its own store.</summary>
    private static IEnumerable<SentCertificate> OfPath(List<PathStep> path, EvidenceVerdict verdict, SentCertificate leaf)
    {
        var untrusted = verdict.Codes.Contains("SELF_SIGNED_CERT_IN_CHAIN", StringComparer.Ordinal);
        var sent = verdict.ReachedAnchor != false && path.Count > 1 ? path.Count - 1 : path.Count;
        for (var index = 0; index < sent; index++)
        {
            var isRoot = untrusted && index == sent - 1;
            yield return new SentCertificate
            {
                Subject = path[index].Subject,
                Issuer = isRoot ? path[index].Subject : index + 1 < path.Count ? path[index + 1].Subject : null,
                NotBefore = path[index].NotBefore,
                NotAfter = path[index].NotAfter,
                Line = leaf.Line,
            };
        }
    }
}
