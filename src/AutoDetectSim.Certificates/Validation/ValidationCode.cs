namespace AutoDetectSim.Certificates.Validation;

/// <summary>
/// All results of the strict validator. The value of a verification result is OpenSSL's
/// <c>X509_V_ERR_*</c> number; results that exist outside OpenSSL's verification have values of 1000 and above.
/// <see cref="ValidationCodes"/> gives the names; docs/errors has one page per member.
/// </summary>
public enum ValidationCode
{
    /// <summary>The chain, its trust anchor and the host name are all valid.</summary>
    Ok = 0,

    /// <summary>OpenSSL stopped for a reason without its own number, for example an undecodable key.</summary>
    Unspecified = 1,

    /// <summary>The path contains a certificate of the trust list whose own issuer is not in the trust list.</summary>
    UnableToGetIssuerCert = 2,

    /// <summary>A signature does not verify with the key of the chosen issuer.</summary>
    CertSignatureFailure = 7,

    /// <summary>A certificate's notBefore is after the time of validation.</summary>
    CertNotYetValid = 9,

    /// <summary>A certificate's notAfter is not after the time of validation.</summary>
    CertHasExpired = 10,

    /// <summary>notBefore is not a time as RFC 5280 4.1.2.5 requires.</summary>
    ErrorInCertNotBeforeField = 13,

    /// <summary>notAfter is not a time as RFC 5280 4.1.2.5 requires.</summary>
    ErrorInCertNotAfterField = 14,

    /// <summary>The server's own certificate is self-signed and is not a trust anchor.</summary>
    DepthZeroSelfSignedCert = 18,

    /// <summary>The path ends at a self-signed certificate that is not a trust anchor.</summary>
    SelfSignedCertInChain = 19,

    /// <summary>The issuer of the last certificate was not sent and is not a trust anchor.</summary>
    UnableToGetIssuerCertLocally = 20,

    /// <summary>Only the server's own certificate is available, so its signature cannot be checked: the classic missing intermediate.</summary>
    UnableToVerifyLeafSignature = 21,

    /// <summary>The path is longer than 100 intermediates.</summary>
    CertChainTooLong = 22,

    /// <summary>More CA certificates follow below a CA than its path length constraint allows.</summary>
    PathLengthExceeded = 25,

    /// <summary>A certificate's extended key usage, key usage or Netscape type does not allow a TLS server (or its issuer).</summary>
    InvalidPurpose = 26,

    /// <summary>A trust anchor carries an explicit reject.</summary>
    CertRejected = 28,

    /// <summary>An issuer's keyUsage lacks keyCertSign.</summary>
    KeyUsageNoCertSign = 32,

    /// <summary>A critical extension is not understood.</summary>
    UnhandledCriticalExtension = 34,

    /// <summary>A proxy certificate was issued by a CA certificate instead of an end-entity certificate.</summary>
    InvalidNonCa = 37,

    /// <summary>More proxy certificates follow than a proxy certificate allows.</summary>
    ProxyPathLengthExceeded = 38,

    /// <summary>The issuer of a proxy certificate lacks digitalSignature in its keyUsage.</summary>
    KeyUsageNoDigitalSignature = 39,

    /// <summary>A proxy certificate (RFC 3820) is in the path.</summary>
    ProxyCertificatesNotAllowed = 40,

    /// <summary>An RFC 3779 extension is not in canonical form or not consistent.</summary>
    InvalidExtension = 41,

    /// <summary>An address or AS number (RFC 3779) is not held by the issuer.</summary>
    UnnestedResource = 46,

    /// <summary>A name lies outside the subtrees that an issuer permits.</summary>
    PermittedViolation = 47,

    /// <summary>A name lies in a subtree that an issuer excludes.</summary>
    ExcludedViolation = 48,

    /// <summary>A name constraint uses minimum or maximum.</summary>
    SubtreeMinMax = 49,

    /// <summary>A name constraint of a type that OpenSSL cannot compare applies to a name.</summary>
    UnsupportedConstraintType = 51,

    /// <summary>A name, or the constraint that it is compared with, has a syntax that OpenSSL does not understand.</summary>
    UnsupportedNameSyntax = 53,

    /// <summary>The key of the server's own certificate is too weak (below 80 bits of security).</summary>
    EeKeyTooSmall = 66,

    /// <summary>The key of an issuer is too weak (below 80 bits of security).</summary>
    CaKeyTooSmall = 67,

    /// <summary>A certificate is signed with a digest that is too weak (MD5, SHA-1).</summary>
    CaMdTooWeak = 68,

    /// <summary>A proxy certificate's subject is not its issuer's subject and one more common name.</summary>
    ProxySubjectNameViolation = 72,

    /// <summary>A certificate acts as issuer, but is not a CA certificate.</summary>
    InvalidCa = 79,

    /// <summary>A key has explicit elliptic curve parameters instead of a named curve.</summary>
    EcKeyExplicitParams = 94,

    /// <summary>The chain is valid, but the certificate is for another host (Node's <c>checkServerIdentity</c>).</summary>
    AltNameInvalid = 1000,

    /// <summary>The Certificate message is larger than 102,400 bytes.</summary>
    SslExcessiveMessageSize = 2152,

    /// <summary>The server sent no certificate at all.</summary>
    SslLengthMismatch = 2159,

    /// <summary>Bytes follow after the end of a certificate.</summary>
    SslCertLengthMismatch = 2135,

    /// <summary>The key of the server's own certificate is of a type that cannot authenticate a TLS server.</summary>
    SslUnknownCertificateType = 2247,

    /// <summary>The key of the server's own certificate cannot be decoded.</summary>
    SslDecodeError = 4114,

    /// <summary>A BOOLEAN in a certificate is not one byte long.</summary>
    SslBooleanIsWrongLength = 3106,

    /// <summary>The content of an explicitly tagged field does not have the length of the tag.</summary>
    SslExplicitLengthMismatch = 3119,

    /// <summary>An explicit tag is not constructed.</summary>
    SslExplicitTagNotConstructed = 3120,

    /// <summary>A field that every certificate has is missing.</summary>
    SslFieldMissing = 3121,

    /// <summary>A tag and length header does not fit, or is malformed.</summary>
    SslHeaderTooLong = 3123,

    /// <summary>A name has a character that its string type does not allow.</summary>
    SslIllegalCharacters = 3124,

    /// <summary>A name has a UTF8String that is not UTF-8.</summary>
    SslInvalidUtf8String = 3134,

    /// <summary>An indefinite length is not closed.</summary>
    SslMissingEoc = 3137,

    /// <summary>A string or time has a tag that is not of the universal class.</summary>
    SslMstringNotUniversal = 3139,

    /// <summary>A string or time has a type that is not allowed in its position.</summary>
    SslMstringWrongTag = 3140,

    /// <summary>A NULL in a certificate has content.</summary>
    SslNullIsWrongLength = 3144,

    /// <summary>Data is left over at the end of a SEQUENCE.</summary>
    SslSequenceLengthMismatch = 3148,

    /// <summary>A SEQUENCE is not constructed.</summary>
    SslSequenceNotConstructed = 3149,

    /// <summary>A BIT STRING is empty.</summary>
    SslStringTooShort = 3152,

    /// <summary>A length points beyond the end: the certificate is truncated or not DER.</summary>
    SslTooLong = 3155,

    /// <summary>A SEQUENCE or SET in a certificate is not constructed.</summary>
    SslTypeNotConstructed = 3156,

    /// <summary>Data ends before a required value; also an empty certificate.</summary>
    SslTooSmall = 3224,

    /// <summary>An unexpected end-of-contents marker.</summary>
    SslUnexpectedEoc = 3159,

    /// <summary>A value has a different tag than a certificate requires in this position.</summary>
    SslWrongTag = 3168,

    /// <summary>A value that must be primitive is constructed.</summary>
    SslTypeNotPrimitive = 3195,

    /// <summary>A constructed string is nested too deep.</summary>
    SslNestedAsn1String = 3197,

    /// <summary>A BMPString has an odd number of bytes.</summary>
    SslBmpStringIsWrongLength = 3214,

    /// <summary>The length of a UniversalString is not a multiple of four bytes.</summary>
    SslUniversalStringIsWrongLength = 3215,

    /// <summary>An OBJECT IDENTIFIER is malformed.</summary>
    SslInvalidObjectEncoding = 3216,

    /// <summary>A BIT STRING declares more than seven unused bits in its last byte.</summary>
    SslInvalidBitStringBitsLeft = 3220,

    /// <summary>An INTEGER has superfluous leading bytes.</summary>
    SslIllegalPadding = 3221,

    /// <summary>A GeneralizedTime is shorter than a whole one; Node.js 22 and later refuse it in the handshake.</summary>
    SslGeneralizedTimeIsTooShort = 3232,

    /// <summary>A UTCTime is shorter than a whole one; Node.js 22 and later refuse it in the handshake.</summary>
    SslUtcTimeIsTooShort = 3233,

    /// <summary>The key algorithm is an OBJECT IDENTIFIER that is too long to be written out.</summary>
    SslNestedAsn1Error = 3058,

    /// <summary>An INTEGER has no content.</summary>
    SslIllegalZeroContent = 3222,
}
