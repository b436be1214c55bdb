namespace AutoDetectSim.Tls;

/// <summary>Why a TLS connection failed.</summary>
public enum TlsFailure
{
    /// <summary>The peer closed the connection (FIN) before the handshake was complete.</summary>
    ConnectionClosed,

    /// <summary>The peer reset the connection (RST), or the transport failed.</summary>
    ConnectionReset,

    /// <summary>The peer sent a fatal alert.</summary>
    AlertReceived,

    /// <summary>The peer speaks something else than TLS, for example plain HTTP (OpenSSL: wrong version number).</summary>
    NotTls,

    /// <summary>The two sides have no protocol version in common.</summary>
    ProtocolVersion,

    /// <summary>The two sides have no cipher suite, group, signature algorithm or application protocol in common, or a parameter was refused.</summary>
    NoCommonParameters,

    /// <summary>A message could not be decoded.</summary>
    DecodeError,

    /// <summary>A message came out of turn.</summary>
    UnexpectedMessage,

    /// <summary>A Certificate message was empty, malformed, or its first certificate has no usable key.</summary>
    BadCertificateMessage,

    /// <summary>A handshake message was longer than this side accepts.</summary>
    ExcessiveMessageSize,

    /// <summary>A handshake signature or a Finished message was wrong: the peer does not hold the key of its first certificate.</summary>
    BadSignature,

    /// <summary>A record could not be decrypted.</summary>
    BadRecord,

    /// <summary>The handshake took longer than its timeout.</summary>
    Timeout,

    /// <summary>The server has no identity for the name that the client asked for.</summary>
    NoIdentity,

    /// <summary>The client sent no certificate where one is demanded.</summary>
    NoClientCertificate,

    /// <summary>The server broke off on purpose, as its <see cref="HandshakeFault"/> says.</summary>
    FaultInjected,

    /// <summary>An error on this side.</summary>
    InternalError,
}
