using System.Globalization;
using System.Text;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Hosts;

namespace AutoDetectSim.Certificates.Validation.Diagnosis;

/// <summary>Explains a verdict: what it means, which certificate it concerns and the relevant contents, how to fix it, and which other errors it hides.</summary>
internal static class ExplanationWriter
{
    internal static string Brief(ValidationCode code) => ResultText.For(code).Meaning;

    internal static string Write(ValidationDetail detail)
    {
        var result = ResultText.For(detail.Code, detail.Verification?.Purpose ?? CertificatePurpose.Server);
        var text = new StringBuilder(result.Meaning);
        if (detail.Verification is null)
        {
            AppendHandshake(text, detail);
        }
        else if (detail.Code != ValidationCode.Ok)
        {
            AppendPlace(text, detail);
        }

        AppendSentence(text, result.Remedy);
        AppendHidden(text, detail);
        return text.ToString();
    }

    private static void AppendHandshake(StringBuilder text, ValidationDetail detail)
    {
        if (detail.Code is not (ValidationCode.SslExcessiveMessageSize or ValidationCode.SslLengthMismatch
            or ValidationCode.SslDecodeError or ValidationCode.SslUnknownCertificateType))
        {
            AppendSentence(text, string.Create(CultureInfo.InvariantCulture, $"It is certificate {detail.Certificates.Count} of the list, counted from 0."));
        }
    }

    private static void AppendPlace(StringBuilder text, ValidationDetail detail)
    {
        var (code, depth) = detail.Verification!.Trail[^1];
        var certificate = detail.CertificateAt(depth);
        AppendSentence(text, string.Create(CultureInfo.InvariantCulture, $"Certificate at depth {depth}: {Name(certificate.Subject)}."));
        AppendSentence(text, Particulars(code, certificate, detail));
        if (IsAboutMissingIssuer(code))
        {
            AppendMissing(text, detail);
        }
    }

    private static void AppendMissing(StringBuilder text, ValidationDetail detail)
    {
        if (detail.MissingIssuer is { } missing)
        {
            AppendSentence(text, $"The missing certificate has the subject {Quote(missing.IssuerName)}{KeyIdentifier(missing)}{Download(missing)}.");
        }
    }

    private static bool IsAboutMissingIssuer(ValidationCode code) => code is ValidationCode.UnableToGetIssuerCert
        or ValidationCode.UnableToGetIssuerCertLocally or ValidationCode.UnableToVerifyLeafSignature;

    private static string Particulars(ValidationCode code, DecodedCertificate certificate, ValidationDetail detail)
    {
        var summary = certificate.Summary;
        switch (code)
        {
            case ValidationCode.CertHasExpired:
                return $"It was valid until {Time(summary.NotAfter)}; the client's clock says {Time(DateTimeOffset.FromUnixTimeSeconds(detail.Verification!.Seconds))}.";
            case ValidationCode.CertNotYetValid:
                return $"It is valid from {Time(summary.NotBefore)}; the client's clock says {Time(DateTimeOffset.FromUnixTimeSeconds(detail.Verification!.Seconds))}.";
            case ValidationCode.UnhandledCriticalExtension:
                return $"The extension is {certificate.Extensions.UnhandledCritical}.";
            case ValidationCode.InvalidPurpose when certificate.Extensions.ExtendedKeyUsage is { } purposes:
                return $"Its extended key usages: {string.Join(", ", purposes)}.";
            case ValidationCode.PathLengthExceeded:
                return string.Create(CultureInfo.InvariantCulture, $"Its path length is {certificate.Extensions.PathLength}.");
            case ValidationCode.CaMdTooWeak:
                return $"It is signed with {summary.SignatureAlgorithm}.";
            case ValidationCode.EeKeyTooSmall or ValidationCode.CaKeyTooSmall or ValidationCode.EcKeyExplicitParams:
                return $"Its key: {summary.PublicKey}.";
            case ValidationCode.AltNameInvalid:
                return Hosts(certificate, detail.Host!);
            default:
                return summary.Defect is { } defect ? $"OpenSSL does not match it with any issuer, because {defect}." : string.Empty;
        }
    }

    private static string Hosts(DecodedCertificate certificate, string host)
    {
        var dns = ServerIdentity.DnsNamesOf(certificate).ToList();
        var addresses = ServerIdentity.AddressesOf(certificate).OfType<string>().ToList();
        var common = ServerIdentity.CommonNamesOf(certificate).ToList();
        if (IpLiteral.IsAddress(host))
        {
            return $"The client asked for the address {host}; the certificate lists {List(addresses, "no IP address")} (DNS names and the common name do not count for an address).";
        }

        return dns.Count > 0
            ? $"The client asked for {host}; the certificate lists {List(dns, "nothing")}."
            : $"The client asked for {host}; the certificate lists no DNS name, so its common name is used: {List(common, "none")}.";
    }

    private static void AppendHidden(StringBuilder text, ValidationDetail detail)
    {
        var trail = detail.Verification?.Trail ?? [];
        var hidden = trail.Take(Math.Max(0, trail.Count - 1)).Where(e => e != trail[^1]).Distinct().ToList();

        // That the issuer is missing and that the signature can then not be checked is one finding, not two.
        if (detail.Code == ValidationCode.UnableToVerifyLeafSignature)
        {
            hidden.RemoveAll(static e => e is { Code: ValidationCode.UnableToGetIssuerCertLocally, Depth: 0 });
        }

        if (hidden.Count > 0)
        {
            AppendSentence(text, "Node.js reports only the last error; it also found: " + string.Join(", ", hidden) + ".");
        }

        if (!IsAboutMissingIssuer(detail.Code))
        {
            AppendMissing(text, detail);
        }
    }

    private static string KeyIdentifier(MissingIssuer missing) =>
        missing.AuthorityKeyIdentifier is { } key ? $" and the key identifier {key}" : string.Empty;

    private static string Download(MissingIssuer missing) =>
        missing.CaIssuersUrl is { } url ? $"; browsers and Windows would download it from {url}, Node.js does not" : string.Empty;

    private static string List(List<string> names, string none) => names.Count == 0 ? none : string.Join(", ", names);

    private static string Name(DistinguishedName name) => name.IsEmpty ? "(empty subject)" : name.ToString();

    private static string Quote(string name) => name.Length == 0 ? "(empty)" : name;

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "an unreadable time";

    private static void AppendSentence(StringBuilder text, string sentence)
    {
        if (sentence.Length > 0)
        {
            text.Append(' ').Append(sentence);
        }
    }
}
