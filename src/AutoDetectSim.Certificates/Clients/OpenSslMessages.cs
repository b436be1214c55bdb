using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>What OpenSSL 3.0 calls its verification results (X509_verify_cert_error_string, https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/).</summary>
internal static class OpenSslMessages
{
    /// <summary>The words for a result; Node's name for one that OpenSSL's verification does not have.</summary>
    public static string Of(ValidationCode code) => code switch
    {
        ValidationCode.Ok => "ok",
        ValidationCode.Unspecified => "unspecified certificate verification error",
        ValidationCode.UnableToGetIssuerCert => "unable to get issuer certificate",
        ValidationCode.CertSignatureFailure => "certificate signature failure",
        ValidationCode.CertNotYetValid => "certificate is not yet valid",
        ValidationCode.CertHasExpired => "certificate has expired",
        ValidationCode.ErrorInCertNotBeforeField => "format error in certificate's notBefore field",
        ValidationCode.ErrorInCertNotAfterField => "format error in certificate's notAfter field",
        ValidationCode.DepthZeroSelfSignedCert => "self-signed certificate",
        ValidationCode.SelfSignedCertInChain => "self-signed certificate in certificate chain",
        ValidationCode.UnableToGetIssuerCertLocally => "unable to get local issuer certificate",
        ValidationCode.UnableToVerifyLeafSignature => "unable to verify the first certificate",
        ValidationCode.CertChainTooLong => "certificate chain too long",
        ValidationCode.PathLengthExceeded => "path length constraint exceeded",
        ValidationCode.InvalidPurpose => "unsuitable certificate purpose",
        ValidationCode.CertRejected => "certificate rejected",
        ValidationCode.KeyUsageNoCertSign => "key usage does not include certificate signing",
        ValidationCode.UnhandledCriticalExtension => "unhandled critical extension",
        ValidationCode.InvalidNonCa => "invalid non-CA certificate (has CA markings)",
        ValidationCode.ProxyPathLengthExceeded => "proxy path length constraint exceeded",
        ValidationCode.KeyUsageNoDigitalSignature => "key usage does not include digital signature",
        ValidationCode.ProxyCertificatesNotAllowed => "proxy certificates not allowed, please set the appropriate flag",
        ValidationCode.InvalidExtension => "invalid or inconsistent certificate extension",
        ValidationCode.UnnestedResource => "RFC 3779 resource not subset of parent's resources",
        ValidationCode.PermittedViolation => "permitted subtree violation",
        ValidationCode.ExcludedViolation => "excluded subtree violation",
        ValidationCode.SubtreeMinMax => "name constraints minimum and maximum not supported",
        ValidationCode.UnsupportedConstraintType => "unsupported name constraint type",
        ValidationCode.UnsupportedNameSyntax => "unsupported or invalid name syntax",
        ValidationCode.EeKeyTooSmall => "EE certificate key too weak",
        ValidationCode.CaKeyTooSmall => "CA certificate key too weak",
        ValidationCode.CaMdTooWeak => "CA signature digest algorithm too weak",
        ValidationCode.ProxySubjectNameViolation => "proxy subject name violation",
        ValidationCode.InvalidCa => "invalid CA certificate",
        ValidationCode.EcKeyExplicitParams => "Certificate public key has explicit ECC parameters",
        _ => code.NodeName(),
    };
}
