using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Certificates.Validation.Decoding;
using Org.BouncyCastle.Cms;

namespace AutoDetectSim.Protocols.Aia;

/// <summary>Reads what stands at caIssuers URLs: a DER certificate, a PEM certificate, or a PKCS#7 bundle (RFC 5280 4.2.2.1).</summary>
internal static class AiaContent
{
    /// <summary>Maximum number of certificates used from a bundle.</summary>
    private const int MaximumCertificates = 16;

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

        try
        {
            return [.. new CmsSignedData(content.ToArray()).GetCertificates().EnumerateMatches(null)
                .Take(MaximumCertificates)
                .Select(certificate => (ReadOnlyMemory<byte>)certificate.GetEncoded())
                .Where(IsCertificate)];
        }
        catch (Exception exception) when (exception is CmsException or IOException or ArgumentException or InvalidCastException or NullReferenceException or InvalidOperationException)
        {
            // The bundle's decoder has no one type of exception for hostile input.
            return [];
        }
    }

    private static bool IsCertificate(ReadOnlyMemory<byte> der) =>
        DecodedCertificate.TryDecode(der, out var consumed, out _) is not null && consumed == der.Length;
}
