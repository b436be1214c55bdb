using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Protocols.Node;

/// <summary>Says of a handshake that failed what a Node.js client says ([NODE20]).</summary>
internal static class TlsErrors
{
    public static NodeError ToNode(TlsHandshakeException exception, LabConnectionRecord record, StrictPathValidator validator, TrustAnchors anchors, DateTimeOffset at)
    {
        switch (exception.Reason)
        {
            case TlsFailure.ConnectionClosed or TlsFailure.ConnectionReset:
                return new NodeError("ECONNRESET", $"{record.Host} closed the connection before the TLS handshake was complete.");
            case TlsFailure.Timeout:
                return new NodeError(NodeError.TimedOut, $"{record.Host} did not complete the TLS handshake in time.");
            case TlsFailure.BadCertificateMessage:
                var verdict = validator.Validate(record.Presented, anchors, record.Host, at);
                return new NodeError(verdict.Accepted ? "EPROTO" : verdict.NodeCode, verdict.Accepted ? exception.Message : verdict.Explanation);
            default:
                return new NodeError("EPROTO", $"The TLS handshake with {record.Host} failed: {exception.Message}");
        }
    }

    /// <summary>
    /// The code of an alert that comes once the client's handshake is over: OpenSSL's reason in capitals, where it is EPROTO
    /// during the handshake.
    /// </summary>
    public static string AlertCode(TlsAlertDescription alert)
    {
        // OpenSSL names an alert after the protocol version that brought it.
        var version = (int)alert switch
        {
            10 or 20 or 30 or 40 or (>= 42 and <= 47) => "SSLV3_ALERT_",
            109 or 116 => "TLSV13_ALERT_",
            >= 110 and <= 114 => "TLSV1_",
            _ => "TLSV1_ALERT_",
        };
        return "ERR_SSL_" + version + alert.ToRfcName().ToUpper(CultureInfo.InvariantCulture);
    }
}
