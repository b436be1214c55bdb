using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>Checks signatures and times from the top of the path down to the server's own certificate.</summary>
internal static class SignatureChecks
{
    internal static void Run(Verification verification, SignatureCache cache)
    {
        var depth = verification.Path.Count - 1;

        // Of a path that does not end at a self-signed certificate the top is only asked for its key, not for its time.
        if (!verification[depth].SelfSigned)
        {
            if (depth == 0)
            {
                verification.Raise(ValidationCode.UnableToVerifyLeafSignature, 0);
            }
            else
            {
                depth--;
            }
        }

        for (; depth >= 0; depth--)
        {
            if (depth + 1 < verification.Path.Count)
            {
                CheckSignature(verification, cache, depth);
            }

            CheckTime(verification, depth);
        }
    }

    private static void CheckSignature(Verification verification, SignatureCache cache, int depth)
    {
        var subject = verification[depth];
        var issuer = verification[depth + 1];
        if (issuer.Extensions.KeyUsage is { } usage)
        {
            if (subject.Extensions.IsProxy)
            {
                if (!usage.HasFlag(KeyUsages.DigitalSignature))
                {
                    verification.Raise(ValidationCode.KeyUsageNoDigitalSignature, depth + 1);
                }
            }
            else if (!usage.HasFlag(KeyUsages.KeyCertSign))
            {
                verification.Raise(ValidationCode.KeyUsageNoCertSign, depth + 1);
            }
        }

        if (!cache.Verify(subject, issuer))
        {
            verification.Raise(ValidationCode.CertSignatureFailure, depth);
        }
    }

    private static void CheckTime(Verification verification, int depth)
    {
        var certificate = verification[depth];
        if (certificate.NotBefore.Seconds is not { } notBefore)
        {
            verification.Raise(ValidationCode.ErrorInCertNotBeforeField, depth);
        }
        else if (notBefore > verification.Seconds)
        {
            verification.Raise(ValidationCode.CertNotYetValid, depth);
        }

        if (certificate.NotAfter.Seconds is not { } notAfter)
        {
            verification.Raise(ValidationCode.ErrorInCertNotAfterField, depth);
        }
        else if (notAfter <= verification.Seconds)
        {
            verification.Raise(ValidationCode.CertHasExpired, depth);
        }
    }
}
