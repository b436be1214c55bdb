namespace AutoDetectSim.Tls;

/// <summary>An established TLS connection failed.</summary>
public sealed class TlsStreamException : IOException
{
    internal TlsStreamException(TlsFailure reason, TlsAlertDescription? alert, string message, Exception? inner)
        : base(message, inner)
    {
        Reason = reason;
        Alert = alert;
    }

    /// <summary>Why.</summary>
    public TlsFailure Reason { get; }

    /// <summary>
    /// The fatal alert that was received (<see cref="TlsFailure.AlertReceived"/>) or sent, or null when there was none. In TLS 1.3
    /// a server that refuses a client says so only after the client's handshake is complete.
    /// </summary>
    public TlsAlertDescription? Alert { get; }
}
