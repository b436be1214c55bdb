using AutoDetectSim.Protocols.Node.Llhttp;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Protocols.Node;

/// <summary>Says of an HTTP exchange that failed what a Node.js client says (measured on Node 20).</summary>
internal static class HttpErrors
{
    public static NodeError ToNode(HttpRequestException exception, string host)
    {
        if (Refusal(exception, host) is { } refused)
        {
            return refused;
        }

        if (Find<TlsStreamException>(exception) is { Reason: TlsFailure.AlertReceived, Alert: { } alert })
        {
            // A server of TLS 1.3 judges the client after the client's part of the handshake is over.
            return new NodeError(NodeErrors.OfAlert(alert), $"{host} ended the connection with the TLS alert {alert.ToRfcName()}.");
        }

        return exception.HttpRequestError switch
        {
            HttpRequestError.InvalidResponse => new NodeError(NodeErrors.HttpInvalidConstant, $"{host} answered with something that is not HTTP: {exception.Message}"),
            HttpRequestError.ConfigurationLimitExceeded => new NodeError(NodeErrors.HttpHeaderOverflow, $"{host} sent more than a client accepts: {exception.Message}"),
            _ => new NodeError(NodeErrors.ConnectionReset, $"The connection to {host} broke: {exception.Message}"),
        };
    }

    /// <summary>What is said of an exchange whose connection broke while the answer was read.</summary>
    public static NodeError ToNode(IOException exception, string host) =>
        Refusal(exception, host) ?? new NodeError(NodeErrors.ConnectionReset, $"The connection to {host} broke: {exception.Message}");

    private static NodeError? Refusal(Exception exception, string host) =>
        Find<LlhttpException>(exception) is { Error: { } refused } ? new NodeError(refused.Code, $"The answer of {host} {refused.Reason}") : null;

    private static TException? Find<TException>(Exception exception)
        where TException : Exception
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is TException found)
            {
                return found;
            }
        }

        return null;
    }
}
