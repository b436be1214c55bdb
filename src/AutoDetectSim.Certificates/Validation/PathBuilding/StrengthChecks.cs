using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Signatures;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>OpenSSL's security level: under Node.js 20 and 22 keys and digests have at least 80 bits, under newer ones 112.</summary>
internal static class StrengthChecks
{
    internal static void RunLeaf(Verification verification)
    {
        if (verification[0].Key.SecurityBits < KeyStrength.Required(verification.Version))
        {
            verification.Raise(ValidationCode.EeKeyTooSmall, 0);
        }
    }

    internal static void Run(Verification verification)
    {
        var top = verification.Path.Count - 1;
        for (var depth = 0; depth <= top; depth++)
        {
            if (depth > 0 && verification[depth].Key.SecurityBits < KeyStrength.Required(verification.Version))
            {
                verification.Raise(ValidationCode.CaKeyTooSmall, depth);
            }

            // Nobody relies on the signature of the last certificate.
            if (depth < top && !HasStrongDigest(verification[depth], verification.Version))
            {
                verification.Raise(ValidationCode.CaMdTooWeak, depth);
            }
        }
    }

    private static bool HasStrongDigest(DecodedCertificate certificate, NodeVersion version) =>
        !certificate.Extensions.EndsEarly
        && certificate.OuterSignatureAlgorithm?.SecurityBits(certificate.OuterAlgorithm) >= KeyStrength.Required(version);
}
