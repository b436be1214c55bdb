using System.Net;
using System.Text;
using AutoDetectSim.Tls.Cryptography;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The client's decisions in a handshake: it accepts whatever certificate comes, as a Node client does, which judges afterwards.</summary>
/// <param name="crypto">The cryptography of the connection.</param>
/// <param name="settings">What is offered.</param>
/// <param name="transcript">Where the course of the handshake is written.</param>
/// <param name="padding">The length of the padding extension, or null for none.</param>
internal sealed class ClientPeer(NativeTlsCrypto crypto, TlsClientSettings settings, HandshakeTranscript transcript, int? padding) : AbstractTlsClient(crypto), TlsAuthentication
{
    // OpenSSL's default (max_cert_list); validator facts: a longer Certificate message ends the handshake.
    private const int MaxMessageLength = 102_400;

    /// <summary>The name to send: none for an IP address (RFC 6066, section 3).</summary>
    internal static string? SniName(TlsClientSettings settings) =>
        string.IsNullOrEmpty(settings.ServerName) || IPAddress.TryParse(settings.ServerName, out _) ? null : settings.ServerName;

    public override bool RequiresCloseNotify() => false;

    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    public override int GetMaxHandshakeMessageSize() => MaxMessageLength;

    public override int GetMaxCertificateChainLength() => int.MaxValue;

    public override TlsAuthentication GetAuthentication()
    {
        // By now the message has been parsed, and nothing has been checked.
        transcript.Presented =
            [.. m_context.SecurityParameters.PeerCertificate.GetCertificateList().Select(certificate => new ReadOnlyMemory<byte>(certificate.GetEncoded()))];
        return this;
    }

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
    {
    }

    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
    {
        transcript.ClientCertificateRequested = true;
        return null;
    }

    public override void NotifyServerVersion(ProtocolVersion serverVersion) => transcript.Version = serverVersion;

    public override void NotifySelectedCipherSuite(int selectedCipherSuite) => transcript.CipherSuite = selectedCipherSuite;

    public override void NotifySessionToResume(TlsSession session) => ((NativeTlsCrypto)Crypto).ClientRandom = m_context.SecurityParameters.ClientRandom;

    public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
    {
        base.ProcessServerExtensions(serverExtensions);
        transcript.ApplicationProtocol = m_context.SecurityParameters.ApplicationProtocol is { } name ? ParameterSets.ApplicationProtocolText(name) : null;
    }

    public override IList<int> GetEarlyKeyShareGroups() => settings.OffersMlKem ? ParameterSets.GroupsWithMlKem[..2] : [ParameterSets.Groups[0]];

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        var extensions = base.GetClientExtensions();
        if (padding is { } length)
        {
            TlsExtensionsUtilities.AddPaddingExtension(extensions, length);
        }

        return extensions;
    }

    public override void NotifyAlertRaised(short alertLevel, short alertDescription, string message, Exception cause) =>
        transcript.AlertSent(alertLevel, alertDescription);

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) =>
        transcript.AlertReceived(alertLevel, alertDescription);

    public override void NotifyHandshakeComplete() => transcript.IsComplete = true;

    protected override ProtocolVersion[] GetSupportedVersions() => settings.Versions.ToVersions();

    protected override int[] GetSupportedCipherSuites() => ParameterSets.ClientSuites;

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => settings.OffersMlKem ? [.. ParameterSets.GroupsWithMlKem] : [.. ParameterSets.Groups];

    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() => ParameterSets.SignatureAlgorithms;

    protected override CertificateStatusRequest? GetCertificateStatusRequest() => null;

    protected override IList<ServerName>? GetSniServerNames() =>
        SniName(settings) is { } name ? [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(name))] : null;

    protected override IList<ProtocolName>? GetProtocolNames() =>
        settings.ApplicationProtocols.Count == 0 ? null : [.. settings.ApplicationProtocols.Select(ProtocolName.AsUtf8Encoding)];
}
