using System.Net.Security;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>What is known of a handshake while it goes on.</summary>
internal sealed class HandshakeTranscript
{
    private readonly Lock _gate = new();
    private readonly List<TlsAlert> _sent = [];
    private readonly List<TlsAlert> _received = [];

    internal IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; set; } = [];

    internal ProtocolVersion? Version { get; set; }

    internal int? CipherSuite { get; set; }

    internal string? ApplicationProtocol { get; set; }

    internal string? ServerName { get; set; }

    /// <summary>Whether the last message that was looked into is the server's Certificate message.</summary>
    internal bool InCertificateMessage { get; set; }

    /// <summary>Whether the client sent no certificate where one was demanded.</summary>
    internal bool ClientCertificateMissing { get; set; }

    /// <summary>Whether the server asked for a client certificate.</summary>
    internal bool ClientCertificateRequested { get; set; }

    /// <summary>Whether the handshake is complete.</summary>
    internal bool IsComplete { get; set; }

    internal void AlertSent(short level, short description)
    {
        lock (_gate)
        {
            _sent.Add(new((TlsAlertLevel)level, (TlsAlertDescription)description));
        }
    }

    internal void AlertReceived(short level, short description)
    {
        lock (_gate)
        {
            _received.Add(new((TlsAlertLevel)level, (TlsAlertDescription)description));
        }
    }

    /// <summary>The record as it stands.</summary>
    internal TlsHandshakeRecord ToRecord()
    {
        lock (_gate)
        {
            return new()
            {
                Presented = Presented,
                TlsVersion = Version is null ? null : VersionNames.OpenSslName(Version),
                CipherSuite = CipherSuite is { } suite ? ((TlsCipherSuite)suite).ToString() : null,
                ApplicationProtocol = ApplicationProtocol,
                ServerName = ServerName,
                ClientCertificateRequested = ClientCertificateRequested,
                AlertsSent = [.. _sent],
                AlertsReceived = [.. _received],
            };
        }
    }
}
