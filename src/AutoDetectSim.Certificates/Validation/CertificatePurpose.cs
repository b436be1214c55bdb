namespace AutoDetectSim.Certificates.Validation;

/// <summary>The end of a TLS connection whose certificates are judged (OpenSSL's purposes <c>sslserver</c> and <c>sslclient</c>).</summary>
internal enum CertificatePurpose
{
    /// <summary>The server: a client judges.</summary>
    Server,

    /// <summary>The client: a server that asks for a certificate judges (mutual TLS).</summary>
    Client,
}
