using System.Globalization;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>The error message of each kind of client when it rejects a certificate.</summary>
internal static class ClientText
{
    /// <summary>Whether a verdict means that no path to a trust anchor was found.</summary>
    public static bool IsChainFailure(ValidationCode code) => code
        is ValidationCode.UnableToVerifyLeafSignature
        or ValidationCode.UnableToGetIssuerCert
        or ValidationCode.UnableToGetIssuerCertLocally
        or ValidationCode.DepthZeroSelfSignedCert
        or ValidationCode.SelfSignedCertInChain
        or ValidationCode.CertChainTooLong;

    /// <summary>The words for a verdict.</summary>
    /// <param name="vocabulary">Whose words.</param>
    /// <param name="code">The verdict.</param>
    /// <param name="best">The path that got furthest.</param>
    /// <param name="host">The host that was asked for.</param>
    public static string For(ErrorVocabulary vocabulary, ValidationCode code, ValidationResult best, string host)
    {
        if (code == ValidationCode.Ok)
        {
            return ValidationCodes.OkName;
        }

        return vocabulary switch
        {
            ErrorVocabulary.OpenSslCommand => code.OpenSslNumber() is { } number
                ? string.Create(CultureInfo.InvariantCulture, $"Verify return code: {number} ({OpenSslMessages.Of(code)})")
                : code.NodeName(),
            ErrorVocabulary.Curl => Curl(code, best.Trail, host),
            ErrorVocabulary.Windows => Windows(KindOf(code)),
            ErrorVocabulary.Chromium => Chromium(KindOf(code)),
            ErrorVocabulary.Mozilla => Mozilla(code, best),
            ErrorVocabulary.Android => Android(KindOf(code)),
            ErrorVocabulary.Java => Java(KindOf(code)),
            ErrorVocabulary.ExchangeOnline => ExchangeOnline(KindOf(code)),
            _ => code.NodeName(),
        };
    }

    /// <summary>The words for a revoked certificate.</summary>
    public static string Revoked(ErrorVocabulary vocabulary) => vocabulary == ErrorVocabulary.Windows ? "CRYPT_E_REVOKED (0x80092010)" : ClientVerdict.RevokedCode;

    private static string Curl(ValidationCode code, IReadOnlyList<ValidationEvent> trail, string host)
    {
        if (code == ValidationCode.AltNameInvalid)
        {
            return $"(60) SSL: no alternative certificate subject name matches target host name '{host}'";
        }

        var first = trail.Count > 0 ? trail[0].Code : code;
        return first.OpenSslNumber() is null ? "(35) " + first.NodeName() : "(60) SSL certificate problem: " + OpenSslMessages.Of(first);
    }

    private static string Windows(FailureKind kind) => kind switch
    {
        FailureKind.Chain => "CERT_E_CHAINING (0x800B010A)",
        FailureKind.Root => "CERT_E_UNTRUSTEDROOT (0x800B0109)",
        FailureKind.Time => "CERT_E_EXPIRED (0x800B0101)",
        FailureKind.Name => "CERT_E_CN_NO_MATCH (0x800B010F)",
        FailureKind.Purpose => "CERT_E_WRONG_USAGE (0x800B0110)",
        FailureKind.Signature => "TRUST_E_CERT_SIGNATURE (0x80096004)",
        _ => "CERT_E_INVALID_POLICY (0x800B0113)",
    };

    private static string Chromium(FailureKind kind) => kind switch
    {
        FailureKind.Chain or FailureKind.Root => "ERR_CERT_AUTHORITY_INVALID",
        FailureKind.Time => "ERR_CERT_DATE_INVALID",
        FailureKind.Name => "ERR_CERT_COMMON_NAME_INVALID",
        _ => "ERR_CERT_INVALID",
    };

    private static string Mozilla(ValidationCode code, ValidationResult best) => KindOf(code) switch
    {
        FailureKind.Chain when IsSignedByAnotherKey(best) => "SEC_ERROR_BAD_SIGNATURE",
        FailureKind.Root when code == ValidationCode.DepthZeroSelfSignedCert => "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT",
        FailureKind.Chain or FailureKind.Root => "SEC_ERROR_UNKNOWN_ISSUER",
        FailureKind.Time => (code == ValidationCode.CertNotYetValid, best.Trail.Any(step => step.Code == code && step.Depth == 0)) switch
        {
            (true, true) => "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE",
            (true, false) => "MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE",
            (false, true) => "SEC_ERROR_EXPIRED_CERTIFICATE",
            (false, false) => "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
        },
        FailureKind.Name => "SSL_ERROR_BAD_CERT_DOMAIN",
        FailureKind.Purpose => "SEC_ERROR_INADEQUATE_CERT_TYPE",
        FailureKind.Signature => "SEC_ERROR_BAD_SIGNATURE",
        _ => "SEC_ERROR_BAD_DER",
    };

    /// <summary>Whether the server sent a certificate with the name of the missing issuer and another key.</summary>
    private static bool IsSignedByAnotherKey(ValidationResult best) =>
        best.Path is [{ Certificate: var last }] && best.Presented.Skip(1).Any(other => other.Subject == last.Issuer);

    private static string Android(FailureKind kind) => kind switch
    {
        FailureKind.Chain or FailureKind.Root => "CertPathValidatorException: Trust anchor for certification path not found.",
        FailureKind.Time => "CertPathValidatorException: timestamp check failed",
        FailureKind.Name => "SSLPeerUnverifiedException: Hostname not verified",
        _ => "CertPathValidatorException",
    };

    private static string Java(FailureKind kind) => kind switch
    {
        FailureKind.Chain or FailureKind.Root => "SunCertPathBuilderException: unable to find valid certification path to requested target",
        FailureKind.Time => "CertPathValidatorException: validity check failed",
        FailureKind.Name => "CertificateException: No subject alternative names matching the host name found",
        FailureKind.Purpose => "ValidatorException: Extended key usage does not permit use for TLS server authentication",
        _ => "ValidatorException: PKIX path validation failed",
    };

    private static string ExchangeOnline(FailureKind kind) => kind switch
    {
        FailureKind.Chain or FailureKind.Root => "UntrustedRoot",
        FailureKind.Time => "CertificateExpired",
        FailureKind.Name => "SubjectMismatch",
        _ => "CertificateInvalid",
    };

    private static FailureKind KindOf(ValidationCode code) => code switch
    {
        ValidationCode.DepthZeroSelfSignedCert or ValidationCode.SelfSignedCertInChain => FailureKind.Root,
        _ when IsChainFailure(code) => FailureKind.Chain,
        ValidationCode.CertHasExpired or ValidationCode.CertNotYetValid
            or ValidationCode.ErrorInCertNotBeforeField or ValidationCode.ErrorInCertNotAfterField => FailureKind.Time,
        ValidationCode.AltNameInvalid => FailureKind.Name,
        ValidationCode.InvalidPurpose => FailureKind.Purpose,
        ValidationCode.CertSignatureFailure => FailureKind.Signature,
        _ => FailureKind.Other,
    };

    private enum FailureKind
    {
        Chain,
        Root,
        Time,
        Name,
        Purpose,
        Signature,
        Other,
    }
}
