using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>
/// Builds the path as OpenSSL 3.0 does: the trust list is asked first at every step, then the presented list, in
/// order; a choice is never taken back. Signatures, usages and constraints play no part yet.
/// </summary>
internal static class PathBuilder
{
    // The certificate below the anchor, the intermediates, and one more to notice that there are too many.
    private const int MaxPath = ValidationLimits.MaxIntermediates + 1;

    internal static void Build(Verification verification)
    {
        var unused = Enumerable.Range(0, verification.Presented.Count).ToList();
        if (!TryExtendToAnchor(verification, unused))
        {
            RaiseIncomplete(verification);
        }
    }

    private static bool TryExtendToAnchor(Verification verification, List<int> unused)
    {
        var path = verification.Path;
        var askPresented = true;
        while (true)
        {
            var top = path[^1].Certificate;
            var anchor = path.Count > MaxPath ? null : FindAnchor(verification, top);
            if (anchor is not null)
            {
                // A self-signed certificate that was sent counts as an anchor only if it is one, byte for byte.
                var mimic = top.SelfSigned && !top.SameAs(anchor.Certificate);
                if (!mimic)
                {
                    Append(verification, anchor, replaceTop: top.SelfSigned);
                    askPresented = false;
                    if (IsTrusted(verification, path.Count - 1))
                    {
                        return true;
                    }

                    if (!path[^1].Certificate.SelfSigned)
                    {
                        continue;
                    }
                }
            }

            if (!askPresented)
            {
                return false;
            }

            var next = top.SelfSigned || path.Count > MaxPath ? -1 : FindPresented(verification, unused, top);
            if (next < 0)
            {
                // The trust list was asked just now and nothing has changed since.
                return false;
            }

            unused.Remove(next);
            path.Add(new PathEntry(verification.Presented[next], null, next));
            verification.PresentedCount++;
        }
    }

    private static void Append(Verification verification, TrustAnchor anchor, bool replaceTop)
    {
        if (!replaceTop)
        {
            verification.Path.Add(new PathEntry(anchor.Certificate, anchor, -1));
            return;
        }

        var sent = verification.Path[^1];
        verification.Path[^1] = new PathEntry(anchor.Certificate, anchor, sent.PresentedIndex);
        verification.PresentedCount = verification.Path.Count - 1;
    }

    /// <summary>Whether the entry that was just taken from the trust list ends the path.</summary>
    private static bool IsTrusted(Verification verification, int depth)
    {
        var entry = verification.Path[depth];
        switch (entry.Anchor!.Settings?.Allows(verification.Purpose))
        {
            case true:
                return true;
            case false:
                verification.Raise(ValidationCode.CertRejected, depth);
                return false;
            default:
                return entry.Certificate.SelfSigned && entry.Certificate.IsValid;
        }
    }

    private static TrustAnchor? FindAnchor(Verification verification, DecodedCertificate subject)
    {
        TrustAnchor? best = null;
        foreach (var candidate in verification.Anchors.FindBySubject(subject.Issuer))
        {
            if (!subject.MayBeIssuedBy(candidate.Certificate))
            {
                continue;
            }

            if (verification.IsCurrent(candidate.Certificate))
            {
                return candidate;
            }

            if (best is null || EndsLater(candidate.Certificate, best.Certificate))
            {
                best = candidate;
            }
        }

        return best;
    }

    private static int FindPresented(Verification verification, List<int> unused, DecodedCertificate subject)
    {
        var best = -1;
        var mayRepeat = subject.SelfIssued && verification.Path.Count == 1;
        foreach (var index in unused)
        {
            var candidate = verification.Presented[index];
            if (!subject.MayBeIssuedBy(candidate) || candidate.Extensions.EndsEarly || (!mayRepeat && verification.Path.Exists(e => e.Certificate.SameAs(candidate))))
            {
                continue;
            }

            if (verification.IsCurrent(candidate))
            {
                return index;
            }

            if (best < 0 || EndsLater(candidate, verification.Presented[best]))
            {
                best = index;
            }
        }

        return best;
    }

    private static bool EndsLater(DecodedCertificate a, DecodedCertificate b) => a.NotAfter.RankingSeconds > b.NotAfter.RankingSeconds;

    private static void RaiseIncomplete(Verification verification)
    {
        var last = verification.Path.Count - 1;
        if (verification.LastError != ValidationCode.Ok)
        {
            verification.Raise(verification.LastError, last);
            return;
        }

        if (verification.Path.Count > MaxPath)
        {
            verification.Raise(ValidationCode.CertChainTooLong, last);
        }

        if (verification[last].SelfSigned)
        {
            verification.Raise(last == 0 ? ValidationCode.DepthZeroSelfSignedCert : ValidationCode.SelfSignedCertInChain, last);
            return;
        }

        verification.Raise(
            verification.PresentedCount < verification.Path.Count ? ValidationCode.UnableToGetIssuerCert : ValidationCode.UnableToGetIssuerCertLocally,
            last);
    }
}
