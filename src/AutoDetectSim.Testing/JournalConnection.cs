using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Testing;

/// <summary>One connection to a host of the lab, or a failed attempt.</summary>
public sealed record JournalConnection
{
    /// <summary>The number of the connection in the lab, from 1; null for a failed attempt.</summary>
    public long? Number { get; init; }

    /// <summary>When it began, at the lab's time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it was still open when the journal was read.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The load balancer that was reached, or the service of the lab (<c>autodetect</c>, <c>exchange-online</c>); null for a failed attempt.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>The node that received the connection; null for a failed attempt.</summary>
    public string? Node { get; init; }

    /// <summary>The source address that firewalls and balancers saw.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>The host name in the client's server_name extension (SNI, RFC 6066 3); null when it sent none, or no ClientHello. For a failed attempt: the requested host.</summary>
    public string? ServerName { get; init; }

    /// <summary>The names of the presented certificates in wire order; empty without TLS, or if the handshake did not get that far.</summary>
    public IReadOnlyList<string> Presented { get; init; } = [];

    /// <summary>
    /// The verdict of AutoDetect, a strict Node.js client, on <see cref="Presented"/> for <see cref="ServerName"/>: <c>OK</c>, or a code such as
    /// <c>UNABLE_TO_VERIFY_LEAF_SIGNATURE</c>; null when nothing was presented.
    /// </summary>
    public string? Verdict { get; init; }

    /// <summary>The verdict in words: the fault and how to fix it; null if nothing was presented.</summary>
    public string? Explanation { get; init; }

    /// <summary>For example <c>TLSv1.3</c>; null without a completed handshake.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The IANA name of the cipher suite; null without a completed handshake.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>Why there was no connection, or no handshake, in a sentence; null when there was one.</summary>
    public string? Failure { get; init; }

    /// <summary>The fatal TLS alert by which the tool ended the handshake, by its RFC 8446 name, for example <c>unknown_ca</c>; null for none, or if the tool reset the connection first.</summary>
    public string? Alert { get; init; }

    /// <summary>The first 32 requests on the connection, in order.</summary>
    public IReadOnlyList<JournalRequest> Requests { get; init; } = [];

    /// <summary>Whether AutoDetect accepts the chain; false if nothing was presented.</summary>
    public bool IsAccepted => Verdict == NodeErrors.Ok;

    internal static JournalConnection Of(ConnectionRecord record, StrictPathValidator validator)
    {
        var verdict = record.PresentedDer.Count == 0 ? null : validator.Validate(record.PresentedDer, record.Anchors, record.ServerName, record.OpenedAt);
        return new JournalConnection
        {
            Number = record.Number,
            At = record.OpenedAt,
            IsOpen = record.ClosedAt is null,
            LoadBalancer = record.VirtualIp,
            Node = record.Node,
            Source = record.Source,
            ServerName = record.ServerName,
            Presented = record.Presented,
            Verdict = verdict?.NodeCode,
            Explanation = verdict?.Explanation,
            TlsVersion = record.TlsVersion,
            CipherSuite = record.CipherSuite,
            Failure = record.HandshakeFailure,
            Alert = record.AlertReceived,
            Requests = [.. record.Requests.Select(JournalRequest.Of)],
        };
    }

    internal static JournalConnection Of(FailedAttempt attempt) => new()
    {
        At = attempt.At,
        Source = attempt.Source,
        ServerName = attempt.Host,
        Failure = $"{attempt.Error.Code}: {attempt.Error.Message}",
    };
}
