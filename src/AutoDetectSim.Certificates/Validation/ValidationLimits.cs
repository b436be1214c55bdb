namespace AutoDetectSim.Certificates.Validation;

/// <summary>
/// The bounds within which the strict validator works, whatever it is given. The first two are those of OpenSSL
/// 3.0 as Node.js uses it and are part of the verdict; the others lie far above what a Certificate message can need.
/// </summary>
public static class ValidationLimits
{
    /// <summary>The greatest Certificate message in bytes (4 + the sum of 5 + length): SSL_CTX_set_max_cert_list's default.</summary>
    public const int MaxMessageBytes = 102_400;

    /// <summary>The greatest number of intermediates between the server's own certificate and the anchor: X509_VERIFY_PARAM's default depth.</summary>
    public const int MaxIntermediates = 100;

    /// <summary>The greatest number of (name, constraint) pairs of one certificate against one issuer: x509v3's NAME_CHECK_MAX.</summary>
    public const int MaxNameConstraintPairs = 1 << 20;

    /// <summary>The greatest number of (name, constraint) pairs of one validation.</summary>
    public const int MaxNameConstraintWork = 1 << 22;

    /// <summary>The deepest nesting of constructed strings that the DER reader follows (ASN1_MAX_STRING_NEST); all other nesting is fixed by the grammar of a certificate.</summary>
    public const int MaxStringNesting = 5;
}
