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
                return new NodeError(NodeErrors.ConnectionReset, $"{record.Host} closed the connection before the TLS handshake was complete.");
            case TlsFailure.Timeout:
                return new NodeError(NodeErrors.TimedOut, $"{record.Host} did not complete the TLS handshake in time.");
            case TlsFailure.BadCertificateMessage:
                var verdict = validator.Validate(record.Presented, anchors, record.Host, at);
                return new NodeError(verdict.Accepted ? NodeErrors.ProtocolError : verdict.NodeCode, verdict.Accepted ? exception.Message : verdict.Explanation);
            default:
                return new NodeError(NodeErrors.ProtocolError, $"The TLS handshake with {record.Host} failed: {exception.Message}");
        }
    }
}
