namespace AutoDetectSim.Tls;

/// <summary>What an alert says (RFC 8446, section 6 and the IANA registry of TLS alerts); the values are those on the wire.</summary>
public enum TlsAlertDescription
{
    /// <summary><c>close_notify</c>: the sender will send no more data.</summary>
    CloseNotify = 0,

    /// <summary><c>unexpected_message</c>: an inappropriate message was received.</summary>
    UnexpectedMessage = 10,

    /// <summary><c>bad_record_mac</c>: a record could not be deprotected.</summary>
    BadRecordMac = 20,

    /// <summary><c>decryption_failed</c>: a record could not be decrypted; used by TLS 1.0.</summary>
    DecryptionFailed = 21,

    /// <summary><c>record_overflow</c>: a record was too long.</summary>
    RecordOverflow = 22,

    /// <summary><c>decompression_failure</c>: a record could not be decompressed; used up to TLS 1.2.</summary>
    DecompressionFailure = 30,

    /// <summary><c>handshake_failure</c>: no acceptable set of parameters.</summary>
    HandshakeFailure = 40,

    /// <summary><c>no_certificate</c>: the client has no certificate; used by SSL 3.0.</summary>
    NoCertificate = 41,

    /// <summary><c>bad_certificate</c>: a certificate was corrupt or its signature wrong.</summary>
    BadCertificate = 42,

    /// <summary><c>unsupported_certificate</c>: a certificate was of an unsupported type.</summary>
    UnsupportedCertificate = 43,

    /// <summary><c>certificate_revoked</c>: a certificate was revoked.</summary>
    CertificateRevoked = 44,

    /// <summary><c>certificate_expired</c>: a certificate has expired or is not yet valid.</summary>
    CertificateExpired = 45,

    /// <summary><c>certificate_unknown</c>: a certificate was unacceptable for another reason.</summary>
    CertificateUnknown = 46,

    /// <summary><c>illegal_parameter</c>: a field was inconsistent with others or out of range.</summary>
    IllegalParameter = 47,

    /// <summary><c>unknown_ca</c>: no trust anchor was found for the chain.</summary>
    UnknownCA = 48,

    /// <summary><c>access_denied</c>: the certificate was valid, and access was denied.</summary>
    AccessDenied = 49,

    /// <summary><c>decode_error</c>: a message could not be decoded.</summary>
    DecodeError = 50,

    /// <summary><c>decrypt_error</c>: a handshake signature or a Finished message was wrong.</summary>
    DecryptError = 51,

    /// <summary><c>export_restriction</c>: export rules were broken; used by TLS 1.0.</summary>
    ExportRestriction = 60,

    /// <summary><c>protocol_version</c>: the protocol version is not supported.</summary>
    ProtocolVersion = 70,

    /// <summary><c>insufficient_security</c>: the server requires stronger parameters.</summary>
    InsufficientSecurity = 71,

    /// <summary><c>internal_error</c>: an error unrelated to the peer.</summary>
    InternalError = 80,

    /// <summary><c>inappropriate_fallback</c>: a retry with a lower version than necessary (RFC 7507).</summary>
    InappropriateFallback = 86,

    /// <summary><c>user_canceled</c>: the user canceled the handshake.</summary>
    UserCanceled = 90,

    /// <summary><c>no_renegotiation</c>: renegotiation is refused; used up to TLS 1.2.</summary>
    NoRenegotiation = 100,

    /// <summary><c>missing_extension</c>: a mandatory extension was missing.</summary>
    MissingExtension = 109,

    /// <summary><c>unsupported_extension</c>: an extension was not permitted.</summary>
    UnsupportedExtension = 110,

    /// <summary><c>certificate_unobtainable</c>: a certificate could not be fetched (RFC 6066).</summary>
    CertificateUnobtainable = 111,

    /// <summary><c>unrecognized_name</c>: no server is known by the name that the client sent.</summary>
    UnrecognizedName = 112,

    /// <summary><c>bad_certificate_status_response</c>: an OCSP response was invalid.</summary>
    BadCertificateStatusResponse = 113,

    /// <summary><c>bad_certificate_hash_value</c>: a certificate hash did not match (RFC 6066).</summary>
    BadCertificateHashValue = 114,

    /// <summary><c>unknown_psk_identity</c>: no acceptable pre-shared key identity.</summary>
    UnknownPskIdentity = 115,

    /// <summary><c>certificate_required</c>: a client certificate is required and none was sent.</summary>
    CertificateRequired = 116,

    /// <summary><c>no_application_protocol</c>: no common application protocol (RFC 7301).</summary>
    NoApplicationProtocol = 120,
}
