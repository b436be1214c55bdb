namespace AutoDetectSim.Tls;

/// <summary>A handshake did not complete.</summary>
public sealed class TlsHandshakeException : IOException
{
    internal TlsHandshakeException(TlsFailure reason, TlsAlertDescription? alert, TlsHandshakeRecord record, string message, Exception? inner)
        : base(message, inner)
    {
        Reason = reason;
        Alert = alert;
        Record = record;
    }

    /// <summary>Why.</summary>
    public TlsFailure Reason { get; }

    /// <summary>The fatal alert that was received (<see cref="TlsFailure.AlertReceived"/>) or sent, or null when there was none.</summary>
    public TlsAlertDescription? Alert { get; }

    /// <summary>What went over the wire until then.</summary>
    public TlsHandshakeRecord Record { get; }
}
