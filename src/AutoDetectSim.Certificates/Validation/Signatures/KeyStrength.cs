using System.Numerics;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>OpenSSL's security estimates.</summary>
internal static class KeyStrength
{
    /// <summary>The bits of security that Node.js asks for: security level 1 up to Node.js 22, and level 2 since.</summary>
    internal static int Required(NodeVersion version) => version is NodeVersion.Node20 or NodeVersion.Node22 ? 80 : 112;

    // The least modulus that the estimate of NIST SP 800-56B rev. 2 appendix D, rounded to a multiple of eight as OpenSSL does, gives 80 bits.
    private const int LeastModulusFor80Bits = 920;
    private const int LeastModulusFor112Bits = 1962;

    /// <summary>The security of a modulus (RSA) or a prime field (DSA, Diffie-Hellman). Only its relation to 80 and to 112 decides anything, so that the common sizes suffice.</summary>
    internal static int OfModulus(BigInteger modulus)
    {
        var bits = (int)modulus.GetBitLength();
        return bits switch
        {
            < LeastModulusFor80Bits => Math.Min(72, bits / 12),
            < LeastModulusFor112Bits => 80,
            < 3072 => 112,
            < 7680 => 128,
            < 15360 => 192,
            _ => 256,
        };
    }

    /// <summary>The security of an elliptic curve group of this order.</summary>
    internal static int OfCurveOrder(int bits) => bits switch
    {
        >= 512 => 256,
        >= 384 => 192,
        >= 256 => 128,
        >= 224 => 112,
        >= 160 => 80,
        _ => bits / 2,
    };
}
