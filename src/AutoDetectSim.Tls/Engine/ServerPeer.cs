using AutoDetectSim.Tls.Cryptography;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The server's decisions in a handshake.</summary>
internal sealed class ServerPeer(NativeTlsCrypto crypto, TlsServerIdentity identity, TlsServerSettings settings, HandshakeTranscript transcript)
    : AbstractTlsServer(crypto)
{
    private const int MaxClientMessageLength = 0x20000;

    public override bool RequiresCloseNotify() => false;

    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    public override int GetMaxHandshakeMessageSize() => MaxClientMessageLength;

    public override int GetMaxCertificateChainLength() => int.MaxValue;

    // Clients that do not know RFC 5746 are served too: there is no renegotiation to protect.
    public override void NotifySecureRenegotiation(bool secureRenegotiation)
    {
    }

    public override int[] GetSupportedGroups() => ParameterSets.Groups;

    public override ProtocolVersion GetServerVersion()
    {
        var version = base.GetServerVersion();
        transcript.Version = version;
        return version;
    }

    public override int GetSelectedCipherSuite()
    {
        var suite = base.GetSelectedCipherSuite();
        transcript.CipherSuite = suite;
        return suite;
    }

    public override void GetServerExtensionsForConnection(IDictionary<int, byte[]> serverExtensions)
    {
        base.GetServerExtensionsForConnection(serverExtensions);
        transcript.ApplicationProtocol = m_selectedProtocolName?.GetUtf8Decoding();
    }

    public override TlsCredentials GetCredentials()
    {
        var security = m_context.SecurityParameters;
        var isTls13 = TlsUtilities.IsTlsV13(security.NegotiatedVersion);
        transcript.Presented = identity.PresentedChain;
        if (!TlsUtilities.IsTlsV12(security.NegotiatedVersion))
        {
            return new ServerCredentials(identity, isTls13, null);
        }

        return identity.SigningKey.ChooseScheme(isTls13, security.ClientSigAlgs) is { } algorithm
            ? new ServerCredentials(identity, isTls13, algorithm)
            : throw new TlsFatalAlert(AlertDescription.handshake_failure, "The client accepts no signature scheme of the server's key.");
    }

    public override CertificateRequest? GetCertificateRequest()
    {
        if (!settings.RequestClientCertificate)
        {
            return null;
        }

        var version = m_context.SecurityParameters.NegotiatedVersion;
        var algorithms = TlsUtilities.IsSignatureAlgorithmsExtensionAllowed(version) ? ParameterSets.SignatureAlgorithms : null;
        return TlsUtilities.IsTlsV13(version)
            ? new CertificateRequest([], algorithms, null, null)
            : new CertificateRequest([ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign], algorithms, null);
    }

    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        if (!clientCertificate.IsEmpty)
        {
            return;
        }

        // RFC 8446, section 4.4.2.4 and RFC 5246, section 7.4.6.
        transcript.ClientCertificateMissing = true;
        throw new TlsFatalAlert(TlsUtilities.IsTlsV13(m_context.SecurityParameters.NegotiatedVersion)
            ? AlertDescription.certificate_required
            : AlertDescription.handshake_failure);
    }

    public override void NotifyAlertRaised(short alertLevel, short alertDescription, string message, Exception cause) =>
        transcript.AlertSent(alertLevel, alertDescription);

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) =>
        transcript.AlertReceived(alertLevel, alertDescription);

    public override void NotifyHandshakeComplete() => transcript.IsComplete = true;

    protected override ProtocolVersion[] GetSupportedVersions() => settings.Versions.ToVersions();

    protected override int[] GetSupportedCipherSuites() => identity.SigningKey.IsEc ? ParameterSets.EcdsaServerSuites : ParameterSets.RsaServerSuites;

    protected override bool AllowCertificateStatus() => false;

    protected override IList<ProtocolName>? GetProtocolNames() =>
        settings.ApplicationProtocols.Count == 0 ? null : [.. settings.ApplicationProtocols.Select(ProtocolName.AsUtf8Encoding)];

    protected override int SelectECDH(int minimumCurveBits)
    {
        var offered = m_context.SecurityParameters.ClientSupportedGroups;
        return offered is null
            ? NamedGroup.secp256r1
            : ParameterSets.Groups.FirstOrDefault(group => offered.Contains(group) && NamedGroup.GetCurveBits(group) >= minimumCurveBits, -1);
    }
}
