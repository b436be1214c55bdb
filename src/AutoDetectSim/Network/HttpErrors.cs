using AutoDetectSim.Tls;

namespace AutoDetectSim.Network;

/// <summary>Says of an HTTP exchange that failed what a Node.js client says (measured on Node 20).</summary>
internal static class HttpErrors
{
    public static LabNetworkError ToNode(HttpRequestException exception, string host)
    {
        if (AlertOf(exception) is { } alert)
        {
            // A server of TLS 1.3 judges the client after the client's part of the handshake is over.
            return new LabNetworkError(TlsErrors.AlertCode(alert), $"{host} ended the connection with the TLS alert {alert.ToRfcName()}.");
        }

        return exception.HttpRequestError switch
        {
            HttpRequestError.InvalidResponse => new LabNetworkError("HPE_INVALID_CONSTANT", $"{host} answered with something that is not HTTP: {exception.Message}"),
            HttpRequestError.ConfigurationLimitExceeded => new LabNetworkError("HPE_HEADER_OVERFLOW", $"{host} sent more than a client accepts: {exception.Message}"),
            _ => new LabNetworkError("ECONNRESET", $"The connection to {host} broke: {exception.Message}"),
        };
    }

    private static TlsAlertDescription? AlertOf(Exception exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is TlsStreamException { Reason: TlsFailure.AlertReceived, Alert: { } alert })
            {
                return alert;
            }
        }

        return null;
    }
}
