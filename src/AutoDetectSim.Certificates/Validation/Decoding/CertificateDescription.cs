using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Certificates.Validation.Signatures;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>Puts a certificate into words and numbers for people.</summary>
internal static class CertificateDescription
{
    private const string CaIssuers = "1.3.6.1.5.5.7.48.2";

    internal static CertificateSummary Summarize(DecodedCertificate certificate)
    {
        var extensions = certificate.Extensions;
        var algorithm = ObjectIdentifiers.Dotted(certificate.OuterAlgorithm[0]!.Content.Span);
        return new CertificateSummary
        {
            Subject = certificate.Subject.ToString(),
            Issuer = certificate.Issuer.ToString(),
            SerialNumber = Hexadecimal(certificate.SerialNumber),
            NotBefore = certificate.NotBefore.ToDateTimeOffset(),
            NotAfter = certificate.NotAfter.ToDateTimeOffset(),
            PublicKey = certificate.Key.Description,
            SignatureAlgorithm = SignatureAlgorithm.Find(algorithm)?.Name ?? algorithm,
            Sha256Fingerprint = Convert.ToHexString(SHA256.HashData(certificate.Der.Span)),
            DnsNames = [.. Names(extensions.SubjectAltName, ExtensionGrammar.Dns).Select(static n => Encoding.Latin1.GetString(n.Content.Span))],
            IpAddresses = [.. Names(extensions.SubjectAltName, ExtensionGrammar.IpAddress).Select(IpText)],
            SubjectKeyIdentifier = extensions.SubjectKeyIdentifier is { } subjectKey ? Convert.ToHexString(subjectKey.Content.Span) : null,
            AuthorityKeyIdentifier = extensions.AuthorityKeyIdentifier?[0] is { } key ? Convert.ToHexString(key.Content.Span) : null,
            CaIssuersUrls = [.. CaIssuersUrls(extensions.AuthorityInfoAccess)],
            SelfSigned = certificate.SelfSigned,
            Defect = extensions.Defect,
            Der = certificate.Der,
        };
    }

    private static IEnumerable<DerValue> Names(DerValue? generalNames, int alternative) =>
        generalNames?.Children.Where(n => n!.Alternative == alternative).Select(static n => n![0]!) ?? [];

    private static IEnumerable<string> CaIssuersUrls(DerValue? access)
    {
        foreach (var description in access?.Children ?? [])
        {
            var location = description![1]!;
            if (location.Alternative == ExtensionGrammar.Uri && ObjectIdentifiers.Dotted(description[0]!.Content.Span) is CaIssuers)
            {
                yield return Encoding.Latin1.GetString(location[0]!.Content.Span);
            }
        }
    }

    private static string IpText(DerValue address) => address.Content.Length is 4 or 16
        ? new IPAddress(address.Content.Span).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"invalid ({address.Content.Length} bytes)");

    private static string Hexadecimal(DerValue integer)
    {
        if (!integer.IsNegative)
        {
            var content = integer.Content.Span;
            return Convert.ToHexString(content.Length > 1 ? content.TrimStart((byte)0) : content);
        }

        return "-" + Convert.ToHexString((-integer.Number).ToByteArray(isUnsigned: true, isBigEndian: true));
    }
}
