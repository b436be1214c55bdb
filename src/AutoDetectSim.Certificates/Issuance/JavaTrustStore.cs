using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Writes trust anchors as a PKCS #12 file (RFC 7292) that Java takes for a trust store: no key, no password, no encryption.</summary>
internal static class JavaTrustStore
{
    /// <summary>The attribute by which Java's PKCS12 key store tells a trusted certificate from one of a chain, trustedKeyUsage of Oracle; its value is an extended key usage.</summary>
    private const string TrustedKeyUsage = "2.16.840.1.113894.746875.1.1";

    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    /// <summary>The file.</summary>
    public static byte[] Write(IEnumerable<IssuedCertificate> anchors)
    {
        var usage = new AsnWriter(AsnEncodingRules.DER);
        usage.WriteObjectIdentifier(AnyExtendedKeyUsage);
        var trusted = new AsnEncodedData(TrustedKeyUsage, usage.Encode());
        var contents = new Pkcs12SafeContents();
        foreach (var (anchor, index) in anchors.Select((anchor, index) => (anchor, index)))
        {
            var bag = contents.AddCertificate(anchor.Certificate);
            bag.Attributes.Add(trusted);
            bag.Attributes.Add(Alias("root" + (index + 1).ToString(CultureInfo.InvariantCulture)));
        }

        var builder = new Pkcs12Builder();
        builder.AddSafeContentsUnencrypted(contents);
        builder.SealWithoutIntegrity();
        return builder.Encode();
    }

    /// <summary>friendlyName (RFC 2985 5.5.1): Java's alias of the entry.</summary>
    private static AsnEncodedData Alias(string name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.BMPString, name);
        return new AsnEncodedData("1.2.840.113549.1.9.20", writer.Encode());
    }
}
