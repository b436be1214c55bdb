using System.Runtime.InteropServices;

namespace AutoDetectSim.Tls;

/// <summary>An alert message (RFC 8446, section 6).</summary>
/// <param name="Level">How serious the sender says it is.</param>
/// <param name="Description">What happened.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TlsAlert(TlsAlertLevel Level, TlsAlertDescription Description)
{
    /// <summary>The alert as the specification names it, for example <c>fatal handshake_failure</c>.</summary>
    public override string ToString() =>
        (Level == TlsAlertLevel.Warning ? "warning " : "fatal ") + Description.ToRfcName();
}

/// <summary>The level of an alert (RFC 8446, section 6).</summary>
public enum TlsAlertLevel
{
    /// <summary>The connection may go on.</summary>
    Warning = 1,

    /// <summary>The connection is over.</summary>
    Fatal = 2,
}
