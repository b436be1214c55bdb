using AutoDetectSim.Diagnosis.Capture.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture.Evidence.Observations;

/// <summary>Puts what one call shows of a certificate into other calls that name it alone, and concludes lists that no call tells from the verdict.</summary>
internal static class ChainFiller
{
    public static IReadOnlyList<PlacedCall> Fill(IReadOnlyList<PlacedCall> calls)
    {
        var pool = calls.SelectMany(placed => placed.Call.Sent).Where(certificate => certificate.Der is not null).ToList();
        return [.. calls.Select(placed => Complete(placed with { Call = placed.Call with { Sent = [.. placed.Call.Sent.Select(certificate => Find(certificate, pool))] } }))];
    }

    private static SentCertificate Find(SentCertificate certificate, List<SentCertificate> pool)
    {
        if (certificate.Der is not null || certificate.Subject is not { } subject || certificate.Issuer is not { } issuer)
        {
            return certificate;
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
        if (leaf.Subject is not null && leaf.Subject.Equals(leaf.Issuer))
        {
            return placed;
        }

        if (call.Verdict is not { } verdict)
        {
            return placed.With(call with { Sent = [leaf, new SentCertificate { Subject = leaf.Issuer, Line = leaf.Line }] })
                .Guess($"{call.Form} shows the server's own certificate alone, and does not say what else was sent; that its issuer was sent is assumed, and whether an intermediate is missing is not known");
        }

        var untrusted = verdict.Codes.Contains("SELF_SIGNED_CERT_IN_CHAIN", StringComparer.Ordinal);
        var alone = verdict.Codes.Contains("UNABLE_TO_VERIFY_LEAF_SIGNATURE", StringComparer.Ordinal) || verdict.Codes.Contains("DEPTH_ZERO_SELF_SIGNED_CERT", StringComparer.Ordinal);
        if (alone)
        {
            return placed.Guess($"nothing says how many certificates were sent; by \"{verdict.Words}\" it is the server's own alone");
        }

        var next = new SentCertificate { Subject = leaf.Issuer, Issuer = untrusted ? leaf.Issuer : null, Line = leaf.Line };
        return placed.With(call with { Sent = [leaf, next] }).Guess($"nothing says how many certificates were sent; by \"{verdict.Words}\" one more is assumed");
    }
}
