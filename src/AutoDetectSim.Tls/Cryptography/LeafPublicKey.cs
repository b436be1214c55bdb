using System.Formats.Asn1;
using System.Security.Cryptography;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>Finds the subject's public key in a certificate without judging the rest of it (RFC 5280, section 4.1).</summary>
internal static class LeafPublicKey
{
    internal const string EcPublicKeyOid = "1.2.840.10045.2.1";
    internal const string P256Oid = "1.2.840.10045.3.1.7";
    internal const string P384Oid = "1.3.132.0.34";
    internal const string P521Oid = "1.3.132.0.35";
    internal const string RsaEncryptionOid = "1.2.840.113549.1.1.1";
    internal const string RsassaPssOid = "1.2.840.113549.1.1.10";

    private static readonly AsnReaderOptions Options = new() { SkipSetSortOrderVerification = true };

    /// <summary>Reads the SubjectPublicKeyInfo (DER) and the OIDs of its algorithm and, for EC keys, of its curve.</summary>
    internal static bool TryRead(ReadOnlyMemory<byte> certificate, out ReadOnlyMemory<byte> subjectPublicKeyInfo, out string algorithm, out string? curve)
    {
        subjectPublicKeyInfo = default;
        algorithm = string.Empty;
        curve = null;
        try
        {
            var tbs = new AsnReader(certificate, AsnEncodingRules.BER, Options).ReadSequence().ReadSequence();
            if (tbs.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                tbs.ReadEncodedValue();
            }

            for (var field = 0; field < 5; field++)
            {
                // serialNumber, signature, issuer, validity, subject
                tbs.ReadEncodedValue();
            }

            subjectPublicKeyInfo = tbs.ReadEncodedValue();
            var identifier = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.BER, Options).ReadSequence().ReadSequence();
            algorithm = identifier.ReadObjectIdentifier();
            if (algorithm is EcPublicKeyOid && identifier.HasData && identifier.PeekTag() == Asn1Tag.ObjectIdentifier)
            {
                curve = identifier.ReadObjectIdentifier();
            }

            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Whether .NET's own ECDSA is used for a curve on every platform.</summary>
    internal static bool IsNativeCurve(string? curve) => curve is P256Oid or P384Oid or P521Oid;

    /// <summary>The hash of a TLS hash algorithm number (RFC 5246, section 7.4.1.4.1), or null when .NET does not sign with it.</summary>
    internal static HashAlgorithmName? HashName(int hashAlgorithm) => hashAlgorithm switch
    {
        2 => HashAlgorithmName.SHA1,
        4 => HashAlgorithmName.SHA256,
        5 => HashAlgorithmName.SHA384,
        6 => HashAlgorithmName.SHA512,
        _ => null,
    };
}
