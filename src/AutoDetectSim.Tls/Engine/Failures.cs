using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Translates the engine's exceptions into <see cref="TlsFailure"/>.</summary>
internal static class Failures
{
    /// <summary>The reason, the alert that goes with it, and a sentence.</summary>
    internal static (TlsFailure Reason, TlsAlertDescription? Alert, string Message) Describe(Exception exception, HandshakeTranscript transcript) => exception switch
    {
        TlsFatalAlertReceived received => Received((TlsAlertDescription)received.AlertDescription),
        TlsFatalAlert raised => Raised(raised, transcript),
        ConnectionClosedException => (TlsFailure.ConnectionClosed, null, exception.Message),
        NotTlsException => (TlsFailure.NotTls, null, exception.Message),
        RecordTooLongException => (TlsFailure.BadRecord, null, exception.Message),
        IOException => (TlsFailure.ConnectionReset, null, "The connection was reset: " + exception.Message),

        // A transport may report that it was torn down as a cancellation, as Kestrel's does.
        OperationCanceledException or ObjectDisposedException => (TlsFailure.ConnectionReset, null, "The connection was torn down."),
        _ => (TlsFailure.InternalError, null, exception.Message),
    };

    private static (TlsFailure, TlsAlertDescription?, string) Received(TlsAlertDescription alert) =>
        (TlsFailure.AlertReceived, alert, $"The peer sent the fatal alert {alert.ToRfcName()}.");

    private static (TlsFailure, TlsAlertDescription?, string) Raised(TlsFatalAlert raised, HandshakeTranscript transcript)
    {
        var alert = (TlsAlertDescription)EngineAlerts.Correct(raised.AlertDescription, raised);
        var reason = alert switch
        {
            _ when EngineAlerts.IsExcessiveMessage(raised) => TlsFailure.ExcessiveMessageSize,
            TlsAlertDescription.DecodeError when transcript is { IsComplete: false, InCertificateMessage: true } => TlsFailure.BadCertificateMessage,
            _ when transcript.ClientCertificateMissing => TlsFailure.NoClientCertificate,
            TlsAlertDescription.ProtocolVersion => TlsFailure.ProtocolVersion,
            TlsAlertDescription.DecodeError => TlsFailure.DecodeError,
            TlsAlertDescription.UnexpectedMessage => TlsFailure.UnexpectedMessage,
            TlsAlertDescription.BadCertificate or TlsAlertDescription.UnsupportedCertificate or TlsAlertDescription.CertificateUnknown => TlsFailure.BadCertificateMessage,
            TlsAlertDescription.DecryptError => TlsFailure.BadSignature,
            TlsAlertDescription.BadRecordMac or TlsAlertDescription.RecordOverflow => TlsFailure.BadRecord,
            TlsAlertDescription.HandshakeFailure or TlsAlertDescription.IllegalParameter or TlsAlertDescription.InsufficientSecurity
                or TlsAlertDescription.NoApplicationProtocol or TlsAlertDescription.MissingExtension
                or TlsAlertDescription.UnsupportedExtension or TlsAlertDescription.InappropriateFallback => TlsFailure.NoCommonParameters,
            _ => TlsFailure.InternalError,
        };
        return (reason, alert, $"{Sentence(reason)} ({raised.Message})");
    }

    private static string Sentence(TlsFailure reason) => reason switch
    {
        TlsFailure.ProtocolVersion => "The two sides have no protocol version in common.",
        TlsFailure.DecodeError => "The peer sent a message that cannot be decoded.",
        TlsFailure.UnexpectedMessage => "The peer sent a message out of turn.",
        TlsFailure.BadCertificateMessage => "The server's Certificate message is empty or malformed, or its first certificate has no usable key.",
        TlsFailure.ExcessiveMessageSize => "The peer sent a handshake message that is too long.",
        TlsFailure.BadSignature => "The peer's handshake signature does not fit the key of its first certificate.",
        TlsFailure.BadRecord => "The peer sent a record that cannot be decrypted.",
        TlsFailure.NoClientCertificate => "The client sent no certificate where one is demanded.",
        TlsFailure.NoCommonParameters => "The two sides have no parameters in common.",
        _ => "The connection failed.",
    };
}
