using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network;

/// <summary>Says of a handshake that failed what a Node.js client says (protocol.md 3.5, measured on Node 20).</summary>
internal static class TlsErrors
{
    public static LabNetworkError ToNode(TlsHandshakeException exception, LabConnectionRecord record, StrictPathValidator validator, TrustAnchors anchors, DateTimeOffset at)
    {
        switch (exception.Reason)
        {
            case TlsFailure.ConnectionClosed or TlsFailure.ConnectionReset:
                return new LabNetworkError("ECONNRESET", $"{record.Host} closed the connection before the TLS handshake was complete.");
            case TlsFailure.Timeout:
                return new LabNetworkError(LabNetworkError.TimedOut, $"{record.Host} did not complete the TLS handshake in time.");
            case TlsFailure.BadCertificateMessage:
                var verdict = validator.Validate(record.Presented, anchors, record.Host, at);
                return new LabNetworkError(verdict.Accepted ? "EPROTO" : verdict.NodeCode, verdict.Accepted ? exception.Message : verdict.Explanation);
            default:
                return new LabNetworkError("EPROTO", $"The TLS handshake with {record.Host} failed: {exception.Message}");
        }
    }
}
