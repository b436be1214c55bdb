using AutoDetectSim.Protocols.Http;
using System.Net;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>What one new connection to a host showed. Nothing in it has been judged.</summary>
internal sealed record Observation
{
    /// <summary>The number of the connection, from 1.</summary>
    public required int Number { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The source address that the connection was made from, or null where it was left to the system.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>When the connection was begun, from the start of the check.</summary>
    public TimeSpan Started { get; init; }

    /// <summary>How long connection, handshake and requests took together.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long it took until the connection was open: name resolution and TCP; null where it never was.</summary>
    public TimeSpan? OpenAfter { get; init; }

    /// <summary>What a mail server said first, where TLS was asked for by STARTTLS; otherwise null.</summary>
    public string? Greeting { get; init; }

    /// <summary>The certificates as they came, in wire order; empty when none came.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; init; } = [];

    /// <summary>For example <c>TLSv1.3</c>, or null when there was no completed handshake.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The IANA name of the cipher suite, or null.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>Why there was no completed handshake, or null.</summary>
    public NodeError? Error { get; init; }

    /// <summary>Whether the server asked for a client certificate.</summary>
    public bool ClientCertificateRequested { get; init; }

    /// <summary>The answers of the requests that were sent over the connection, in order.</summary>
    public IReadOnlyList<ObservedAnswer> Answers { get; init; } = [];

    /// <summary>Why a request got no answer, although the handshake was completed; or null.</summary>
    public NodeError? AnswerError { get; init; }

    /// <summary>The first value of a header in any answer, or null.</summary>
    public string? Header(string name) => Answers.SelectMany(answer => answer.Values(name)).FirstOrDefault();
}
