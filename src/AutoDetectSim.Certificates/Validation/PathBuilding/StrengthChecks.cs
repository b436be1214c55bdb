using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Signatures;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>OpenSSL's security level 1, Node.js 20's default: keys and digests of at least 80 bits.</summary>
internal static class StrengthChecks
{
    internal static void RunLeaf(Verification verification)
    {
        if (verification[0].Key.SecurityBits < KeyStrength.Required)
        {
            verification.Raise(ValidationCode.EeKeyTooSmall, 0);
        }
    }

    internal static void Run(Verification verification)
    {
        var top = verification.Path.Count - 1;
        for (var depth = 0; depth <= top; depth++)
        {
            if (depth > 0 && verification[depth].Key.SecurityBits < KeyStrength.Required)
            {
                verification.Raise(ValidationCode.CaKeyTooSmall, depth);
            }

            // Nobody relies on the signature of the last certificate.
            if (depth < top && !HasStrongDigest(verification[depth]))
            {
                verification.Raise(ValidationCode.CaMdTooWeak, depth);
            }
        }
    }

    private static bool HasStrongDigest(DecodedCertificate certificate) =>
        !certificate.Extensions.EndsEarly
        && certificate.OuterSignatureAlgorithm?.SecurityBits(certificate.OuterAlgorithm) >= KeyStrength.Required;
}
