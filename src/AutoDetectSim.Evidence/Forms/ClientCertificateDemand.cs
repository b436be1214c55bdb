namespace AutoDetectSim.Evidence.Forms;

/// <summary>What is said of servers that ask for a client certificate.</summary>
internal static class ClientCertificateDemand
{
    public const string GoesOn = "the server asks for a client certificate, and goes on without one";

    /// <summary>In TLS 1.3 the client is done before the server has seen that no certificate came.</summary>
    public static string Unknown(string? host) =>
        $"the server asks for a client certificate, and nothing shows whether it goes on without one; that it does is assumed. Ask for: curl -v https://{host ?? "HOST"}/Microsoft-Server-ActiveSync";
}
