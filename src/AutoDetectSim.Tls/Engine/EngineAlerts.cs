using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Corrects the alerts for messages that end early or are too long, which Bouncy Castle takes for errors of its own.</summary>
internal static class EngineAlerts
{
    /// <summary>Whether a message was longer than the peer's limit; there is no exception type for it.</summary>
    internal static bool IsExcessiveMessage(Exception exception) =>
        exception is TlsFatalAlert { AlertDescription: AlertDescription.internal_error } alert
        && alert.Message.Contains("exceeds the maximum", StringComparison.Ordinal);

    /// <summary>The alert to send: <c>decode_error</c> for a message that ends early, <c>illegal_parameter</c> for one that is too long (as OpenSSL does).</summary>
    internal static short Correct(short alertDescription, Exception exception) => exception switch
    {
        EndOfStreamException => AlertDescription.decode_error,
        _ when IsExcessiveMessage(exception) => AlertDescription.illegal_parameter,
        _ => alertDescription,
    };
}
