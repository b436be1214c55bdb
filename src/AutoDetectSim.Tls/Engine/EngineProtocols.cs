using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The server's protocol engine, with the alerts that RFC 8446, section 6.2 asks for.</summary>
internal sealed class ServerEngine : TlsServerProtocol
{
    protected override void HandleException(short alertDescription, string message, Exception e) =>
        base.HandleException(EngineAlerts.Correct(alertDescription, e), message, e);
}

/// <summary>The client's protocol engine, with the alerts that RFC 8446, section 6.2 asks for.</summary>
internal sealed class ClientEngine(HandshakeTranscript transcript) : TlsClientProtocol
{
    protected override void HandleException(short alertDescription, string message, Exception e) =>
        base.HandleException(EngineAlerts.Correct(alertDescription, e), message, e);

    protected override void HandleHandshakeMessage(short type, HandshakeMessageInput buf)
    {
        transcript.InCertificateMessage = type == HandshakeType.certificate;
        base.HandleHandshakeMessage(type, buf);
    }
}
