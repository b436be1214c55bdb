using System.Collections.Frozen;

namespace AutoDetectSim.Certificates.Validation;

/// <summary>The names and numbers of the members of <see cref="ValidationCode"/>.</summary>
public static class ValidationCodes
{
    /// <summary>The name of <see cref="ValidationCode.Ok"/>.</summary>
    internal const string OkName = "OK";

    private const string Unspecified = "UNSPECIFIED";

    private static readonly FrozenDictionary<ValidationCode, Entry> Table = new Dictionary<ValidationCode, Entry>
    {
        [ValidationCode.Ok] = new(OkName, OkName),
        [ValidationCode.Unspecified] = new(Unspecified, Unspecified),
        [ValidationCode.UnableToGetIssuerCert] = new("UNABLE_TO_GET_ISSUER_CERT"),
        [ValidationCode.CertSignatureFailure] = new("CERT_SIGNATURE_FAILURE"),
        [ValidationCode.CertNotYetValid] = new("CERT_NOT_YET_VALID"),
        [ValidationCode.CertHasExpired] = new("CERT_HAS_EXPIRED"),
        [ValidationCode.ErrorInCertNotBeforeField] = new("ERROR_IN_CERT_NOT_BEFORE_FIELD"),
        [ValidationCode.ErrorInCertNotAfterField] = new("ERROR_IN_CERT_NOT_AFTER_FIELD"),
        [ValidationCode.DepthZeroSelfSignedCert] = new("DEPTH_ZERO_SELF_SIGNED_CERT"),
        [ValidationCode.SelfSignedCertInChain] = new("SELF_SIGNED_CERT_IN_CHAIN"),
        [ValidationCode.UnableToGetIssuerCertLocally] = new("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
        [ValidationCode.UnableToVerifyLeafSignature] = new("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
        [ValidationCode.CertChainTooLong] = new("CERT_CHAIN_TOO_LONG"),
        [ValidationCode.PathLengthExceeded] = new("PATH_LENGTH_EXCEEDED"),
        [ValidationCode.InvalidPurpose] = new("INVALID_PURPOSE"),
        [ValidationCode.CertRejected] = new("CERT_REJECTED"),
        [ValidationCode.KeyUsageNoCertSign] = new(Unspecified, "KEYUSAGE_NO_CERTSIGN"),
        [ValidationCode.UnhandledCriticalExtension] = new(Unspecified, "UNHANDLED_CRITICAL_EXTENSION"),
        [ValidationCode.InvalidNonCa] = new(Unspecified, "INVALID_NON_CA"),
        [ValidationCode.ProxyPathLengthExceeded] = new(Unspecified, "PROXY_PATH_LENGTH_EXCEEDED"),
        [ValidationCode.KeyUsageNoDigitalSignature] = new(Unspecified, "KEYUSAGE_NO_DIGITAL_SIGNATURE"),
        [ValidationCode.ProxyCertificatesNotAllowed] = new(Unspecified, "PROXY_CERTIFICATES_NOT_ALLOWED"),
        [ValidationCode.InvalidExtension] = new(Unspecified, "INVALID_EXTENSION"),
        [ValidationCode.UnnestedResource] = new(Unspecified, "UNNESTED_RESOURCE"),
        [ValidationCode.PermittedViolation] = new(Unspecified, "PERMITTED_VIOLATION"),
        [ValidationCode.ExcludedViolation] = new(Unspecified, "EXCLUDED_VIOLATION"),
        [ValidationCode.SubtreeMinMax] = new(Unspecified, "SUBTREE_MINMAX"),
        [ValidationCode.UnsupportedConstraintType] = new(Unspecified, "UNSUPPORTED_CONSTRAINT_TYPE"),
        [ValidationCode.UnsupportedNameSyntax] = new(Unspecified, "UNSUPPORTED_NAME_SYNTAX"),
        [ValidationCode.EeKeyTooSmall] = new(Unspecified, "EE_KEY_TOO_SMALL"),
        [ValidationCode.CaKeyTooSmall] = new(Unspecified, "CA_KEY_TOO_SMALL"),
        [ValidationCode.CaMdTooWeak] = new(Unspecified, "CA_MD_TOO_WEAK"),
        [ValidationCode.ProxySubjectNameViolation] = new(Unspecified, "PROXY_SUBJECT_NAME_VIOLATION"),
        [ValidationCode.InvalidCa] = new("INVALID_CA"),
        [ValidationCode.EcKeyExplicitParams] = new(Unspecified, "EC_KEY_EXPLICIT_PARAMS"),
        [ValidationCode.AltNameInvalid] = new("ERR_TLS_CERT_ALTNAME_INVALID"),
        [ValidationCode.SslExcessiveMessageSize] = new("ERR_SSL_EXCESSIVE_MESSAGE_SIZE"),
        [ValidationCode.SslLengthMismatch] = new("ERR_SSL_LENGTH_MISMATCH"),
        [ValidationCode.SslCertLengthMismatch] = new("ERR_SSL_CERT_LENGTH_MISMATCH"),
        [ValidationCode.SslUnknownCertificateType] = new("ERR_SSL_UNKNOWN_CERTIFICATE_TYPE"),
        [ValidationCode.SslDecodeError] = new("ERR_SSL_DECODE_ERROR"),
        [ValidationCode.SslBooleanIsWrongLength] = new("ERR_SSL_BOOLEAN_IS_WRONG_LENGTH"),
        [ValidationCode.SslExplicitLengthMismatch] = new("ERR_SSL_EXPLICIT_LENGTH_MISMATCH"),
        [ValidationCode.SslExplicitTagNotConstructed] = new("ERR_SSL_EXPLICIT_TAG_NOT_CONSTRUCTED"),
        [ValidationCode.SslFieldMissing] = new("ERR_SSL_FIELD_MISSING"),
        [ValidationCode.SslHeaderTooLong] = new("ERR_SSL_HEADER_TOO_LONG"),
        [ValidationCode.SslIllegalCharacters] = new("ERR_SSL_ILLEGAL_CHARACTERS"),
        [ValidationCode.SslInvalidUtf8String] = new("ERR_SSL_INVALID_UTF8STRING"),
        [ValidationCode.SslMissingEoc] = new("ERR_SSL_MISSING_EOC"),
        [ValidationCode.SslMstringNotUniversal] = new("ERR_SSL_MSTRING_NOT_UNIVERSAL"),
        [ValidationCode.SslMstringWrongTag] = new("ERR_SSL_MSTRING_WRONG_TAG"),
        [ValidationCode.SslNullIsWrongLength] = new("ERR_SSL_NULL_IS_WRONG_LENGTH"),
        [ValidationCode.SslSequenceLengthMismatch] = new("ERR_SSL_SEQUENCE_LENGTH_MISMATCH"),
        [ValidationCode.SslSequenceNotConstructed] = new("ERR_SSL_SEQUENCE_NOT_CONSTRUCTED"),
        [ValidationCode.SslStringTooShort] = new("ERR_SSL_STRING_TOO_SHORT"),
        [ValidationCode.SslTooLong] = new("ERR_SSL_TOO_LONG"),
        [ValidationCode.SslTypeNotConstructed] = new("ERR_SSL_TYPE_NOT_CONSTRUCTED"),
        [ValidationCode.SslTooSmall] = new("ERR_SSL_TOO_SMALL"),
        [ValidationCode.SslUnexpectedEoc] = new("ERR_SSL_UNEXPECTED_EOC"),
        [ValidationCode.SslWrongTag] = new("ERR_SSL_WRONG_TAG"),
        [ValidationCode.SslTypeNotPrimitive] = new("ERR_SSL_TYPE_NOT_PRIMITIVE"),
        [ValidationCode.SslGeneralizedTimeIsTooShort] = new("ERR_SSL_GENERALIZEDTIME_IS_TOO_SHORT"),
        [ValidationCode.SslUtcTimeIsTooShort] = new("ERR_SSL_UTCTIME_IS_TOO_SHORT"),
        [ValidationCode.SslNestedAsn1Error] = new("ERR_SSL_NESTED_ASN1_ERROR"),
        [ValidationCode.SslNestedAsn1String] = new("ERR_SSL_NESTED_ASN1_STRING"),
        [ValidationCode.SslBmpStringIsWrongLength] = new("ERR_SSL_BMPSTRING_IS_WRONG_LENGTH"),
        [ValidationCode.SslUniversalStringIsWrongLength] = new("ERR_SSL_UNIVERSALSTRING_IS_WRONG_LENGTH"),
        [ValidationCode.SslInvalidObjectEncoding] = new("ERR_SSL_INVALID_OBJECT_ENCODING"),
        [ValidationCode.SslInvalidBitStringBitsLeft] = new("ERR_SSL_INVALID_BIT_STRING_BITS_LEFT"),
        [ValidationCode.SslIllegalPadding] = new("ERR_SSL_ILLEGAL_PADDING"),
        [ValidationCode.SslIllegalZeroContent] = new("ERR_SSL_ILLEGAL_ZERO_CONTENT"),
    }.ToFrozenDictionary();

    /// <summary>What a Node.js 20 client reports as <c>err.code</c>; several OpenSSL results share <c>UNSPECIFIED</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of <see cref="ValidationCode"/>.</exception>
    public static string NodeName(this ValidationCode code) => Find(code).NodeName;

    /// <summary>OpenSSL's own name without its <c>X509_V_ERR_</c> prefix, which tells the members apart that Node lumps together; for results that OpenSSL's verification does not have, Node's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of <see cref="ValidationCode"/>.</exception>
    public static string OpenSslName(this ValidationCode code) => Find(code).OpenSslName;

    /// <summary>The number that <c>openssl verify</c> prints (<c>X509_V_ERR_*</c>), or null for a result that is not one of OpenSSL's verification.</summary>
    public static int? OpenSslNumber(this ValidationCode code) => code < ValidationCode.AltNameInvalid ? (int)code : null;

    /// <summary>Whether the TLS handshake fails while the Certificate message is read, before a path is built.</summary>
    public static bool EndsHandshake(this ValidationCode code) => code > ValidationCode.AltNameInvalid;

    /// <summary>The member with this Node name; for <c>UNSPECIFIED</c>, <see cref="ValidationCode.Unspecified"/>.</summary>
    /// <returns>Null if no member has the name.</returns>
    public static ValidationCode? FromNodeName(string nodeName)
    {
        ArgumentNullException.ThrowIfNull(nodeName);
        foreach (var code in Enum.GetValues<ValidationCode>())
        {
            if (string.Equals(Table[code].NodeName, nodeName, StringComparison.Ordinal))
            {
                return code;
            }
        }

        return null;
    }

    private static Entry Find(ValidationCode code) =>
        Table.TryGetValue(code, out var entry) ? entry : throw new ArgumentOutOfRangeException(nameof(code), code, "No such result.");

    private sealed record Entry(string NodeName, string OpenSslName)
    {
        public Entry(string name)
            : this(name, name)
        {
        }
    }
}
