using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Protocols.Aia;

/// <summary>Reads what stands at caIssuers URLs: a DER certificate, a PEM certificate, or a PKCS#7 bundle (RFC 5280 4.2.2.1).</summary>
internal static class AiaContent
{
    /// <summary>Maximum number of certificates used from a bundle.</summary>
    private const int MaximumCertificates = 16;

    private const string SignedData = "1.2.840.113549.1.7.2";

    private static readonly Asn1Tag First = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The certificates, DER; empty where there is none.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> content)
    {
        if (IsCertificate(content))
        {
            return [content.ToArray()];
        }

        var text = Encoding.Latin1.GetString(content.Span);
        if (PemEncoding.TryFind(text, out var block))
        {
            content = Convert.FromBase64String(text[block.Base64Data]);
            if (IsCertificate(content))
            {
                return [content];
            }
        }

        return [.. Bundled(content).Where(IsCertificate)];
    }

    /// <summary>The certificates of a PKCS#7 bundle (RFC 2315 9.1), whatever is in them.</summary>
    private static List<ReadOnlyMemory<byte>> Bundled(ReadOnlyMemory<byte> content)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        try
        {
            var information = new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
            if (information.ReadObjectIdentifier() != SignedData)
            {
                return [];
            }

            var signed = information.ReadSequence(First).ReadSequence();
            _ = signed.ReadIntegerBytes();
            _ = signed.ReadSetOf(skipSortOrderValidation: true);
            _ = signed.ReadSequence();
            if (signed.HasData && signed.PeekTag().HasSameClassAndValue(First))
            {
                var bundle = signed.ReadSetOf(skipSortOrderValidation: true, First);
                while (bundle.HasData && certificates.Count < MaximumCertificates)
                {
                    certificates.Add(bundle.ReadEncodedValue());
                }
            }
        }
        catch (AsnContentException)
        {
            // A bundle that is cut short holds what came before.
        }

        return certificates;
    }

    private static bool IsCertificate(ReadOnlyMemory<byte> der) =>
        DecodedCertificate.TryDecode(der, out var consumed, out _) is not null && consumed == der.Length;
}
