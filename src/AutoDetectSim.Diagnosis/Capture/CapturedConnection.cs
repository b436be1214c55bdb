using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>One connection as a capture needs it, whether it was made here or stands in a file that somebody sent.</summary>
internal sealed record CapturedConnection
{
    /// <summary>The host name that was asked for, or null where the evidence does not tell.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 443;

    /// <summary>The node's own name (X-FEServer), or null.</summary>
    public string? Node { get; init; }

    /// <summary>The certificates as sent, DER; empty where none came or the evidence holds none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; init; } = [];

    /// <summary>The certificates as evidence tells of them, some by their names alone; empty where <see cref="Presented"/> is all.</summary>
    public IReadOnlyList<SentCertificate> Sent { get; init; } = [];

    /// <summary>Whether the program that made the evidence found a trust anchor: true, false, or null where it does not tell.</summary>
    public bool? ReachedAnchor { get; init; }

    /// <summary>TLS versions that the server is known to accept, as <c>1.2</c>; empty where nothing is known.</summary>
    public IReadOnlyList<string> TlsVersions { get; init; } = [];

    /// <summary>Why there was no handshake, as a code of Node.js, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Whether the server went no further because the client had no certificate.</summary>
    public bool DemandsClientCertificate { get; init; }

    /// <summary>Answers that came over the connection.</summary>
    public IReadOnlyList<ObservedAnswer> Answers { get; init; } = [];

    /// <summary>The call of the evidence that tells of the connection, or null where it was made here.</summary>
    public EvidenceCall? Call { get; init; }

    /// <summary>The certificates in wire order, with their bytes or by their names.</summary>
    public IReadOnlyList<SentCertificate> Chain => Sent.Count > 0 ? Sent : [.. Presented.Select(der => SentCertificate.Of(der))];

    /// <summary>What equal chains, or equal failures, have in common.</summary>
    public string ChainKey => Call is null
        ? Presented.Count > 0 ? ChainFingerprint.Of(Presented) : ErrorCode ?? "nothing"
        : Chain.Count > 0
        ? string.Join(' ', Chain.Select(certificate => certificate.Key)) + (DemandsClientCertificate ? " client certificate" : "")
        : $"{ErrorCode ?? (DemandsClientCertificate ? "client certificate" : "nothing")} {Call?.Failure?.Fault} {Call?.Failure?.Alert}";
}
