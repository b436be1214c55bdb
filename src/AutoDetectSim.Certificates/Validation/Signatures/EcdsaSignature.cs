using System.Formats.Asn1;
using Org.BouncyCastle.Math;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>The two numbers of a DSA or ECDSA signature (RFC 3279 2.2.2); only strict DER is let pass, as in OpenSSL.</summary>
internal static class EcdsaSignature
{
    internal static bool TryDecode(ReadOnlySpan<byte> signature, out BigInteger r, out BigInteger s)
    {
        r = s = BigInteger.Zero;
        try
        {
            AsnDecoder.ReadSequence(signature, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            var body = signature.Slice(offset, length);
            var first = AsnDecoder.ReadIntegerBytes(body, AsnEncodingRules.DER, out var used);
            var second = AsnDecoder.ReadIntegerBytes(body[used..], AsnEncodingRules.DER, out var usedToo);
            r = new BigInteger(first.ToArray());
            s = new BigInteger(second.ToArray());
            return consumed == signature.Length && used + usedToo == length && r.SignValue > 0 && s.SignValue > 0;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
