using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Everything that a capture knows, from the network or from files.</summary>
internal sealed record CapturedWorld
{
    /// <summary>The host that the capture is about.</summary>
    public required string Host { get; init; }

    /// <summary>When everything was seen; validity becomes relative to it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>An address of the organization, or null.</summary>
    public string? Email { get; init; }

    /// <summary>Connections by host, in order.</summary>
    public required IReadOnlyList<CapturedHost> Hosts { get; init; }

    /// <summary>What clients trust, DER; null if it is not known; then roots count as trusted unless the evidence speaks against it.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Anchors { get; init; }

    /// <summary>Issuers that were downloaded, or were not to be had; empty where nothing was downloaded.</summary>
    public IReadOnlyList<IssuerDownload> Downloads { get; init; } = [];

    /// <summary>Certificates that are sent and that their issuers have revoked; empty if revocation was not checked.</summary>
    public IReadOnlyList<RevokedCertificate> Revoked { get; init; } = [];

    /// <summary>Whether the world is known from files alone.</summary>
    public bool IsEvidence { get; init; }

    /// <summary>AutoDetect's own answers: what detections in a lab should end in.</summary>
    public IReadOnlyList<EvidenceCall> AutoDetectAnswers { get; init; } = [];

    /// <summary>Mail exchangers of the domain, best first; null if they were not asked for.</summary>
    public IReadOnlyList<string>? MailExchangers { get; init; }

    /// <summary>What is known of the revocation of a certificate; null where nothing is.</summary>
    public RevokedCertificate? RevocationOf(ReadOnlyMemory<byte> der) => Revoked.FirstOrDefault(revoked => revoked.Der.Span.SequenceEqual(der.Span));
}

/// <summary>The connections to one host.</summary>
internal sealed record CapturedHost
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required IReadOnlyList<CapturedConnection> Connections { get; init; }

    /// <summary>What clients get that send no SNI, DER; empty if it is the same, or was not examined.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> WithoutServerName { get; init; } = [];

    /// <summary>Calls of the evidence that tell a verdict on the host's chain, and no chain.</summary>
    public IReadOnlyList<EvidenceCall> Verdicts { get; init; } = [];

    /// <summary>Whether every source address kept its node.</summary>
    public bool IsSticky { get; init; }

    /// <summary>TLS versions (as <c>1.2</c>) that each node accepts, by node name; nodes that are not there accept the usual ones.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TlsVersions { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}
