using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network.Journal;

/// <summary>One connection of a lab, as far as it has come.</summary>
internal sealed record ConnectionRecord
{
    /// <summary>A number that counts the connections of the lab, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The virtual IP's name.</summary>
    public required string VirtualIp { get; init; }

    /// <summary>The virtual IP's address and port in the lab network.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>The node that was chosen.</summary>
    public required string Node { get; init; }

    /// <summary>Whether a service of the lab itself was reached, as opposed to a part of the customer's world.</summary>
    public bool IsService { get; init; }

    /// <summary>The source address that firewalls and balancers saw.</summary>
    public required IPAddress Source { get; init; }

    /// <summary>What kind of client connected.</summary>
    public required CallerKind Client { get; init; }

    /// <summary>Whether the lab simulates the client; its requests and responses are in records of its own, if any.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>Whether AutoDetect connected.</summary>
    public bool IsAutoDetect => Client == CallerKind.AutoDetect;

    /// <summary>How long each part took for a simulated client, which knows them all; null for a real program.</summary>
    public CallTiming? Timing { get; init; }

    /// <summary>How long the server's part of the TLS handshake took, from the connection to its end; null without TLS, and until then.</summary>
    public TimeSpan? Handshake { get; init; }

    /// <summary>What went wrong on purpose.</summary>
    public TransportFault Fault { get; init; }

    /// <summary>The host name in the client's server_name extension, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>The names of the presented certificates in wire order; empty without TLS, and when it did not come so far.</summary>
    public IReadOnlyList<string> Presented { get; init; } = [];

    /// <summary>The presented certificates in wire order, DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> PresentedDer { get; init; } = [];

    /// <summary>What the lab's clients trusted when the connection began.</summary>
    public required TrustAnchors Anchors { get; init; }

    /// <summary>For example <c>TLSv1.3</c>; null without a completed handshake.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The IANA name of the cipher suite; null without a completed handshake.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>Why the handshake failed, in a sentence, or null.</summary>
    public string? HandshakeFailure { get; init; }

    /// <summary>The RFC 8446 name of the fatal alert by which the client ended the handshake, for example <c>unknown_ca</c>; null for none.</summary>
    public string? AlertReceived { get; init; }

    /// <summary>The first requests on the connection, in order.</summary>
    public IReadOnlyList<RequestRecord> Requests { get; init; } = [];

    /// <summary>How many requests there were, remembered or not.</summary>
    public int RequestCount { get; init; }
}

/// <summary>One HTTP request, or one command of a mail program.</summary>
/// <param name="Line">The request line, for example <c>GET /autodiscover/autodiscover.json HTTP/1.1</c>, or the command without secrets; cut to a length that fits a table.</param>
/// <param name="StatusCode">The status of the answer; null when there was none, and for IMAP and POP3.</param>
internal sealed record RequestRecord(string Line, int? StatusCode)
{
    /// <summary>When it was answered.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long that took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The last line of a mail server's reply; null for HTTP.</summary>
    public string? Reply { get; init; }

    /// <summary>The host that it names.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>The client's User-Agent; null without one.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What it left in the logs of the server that it reached; null if it reached none.</summary>
    public ServerTrace? Trace { get; init; }

    /// <summary>The headers of a real program's request, in order and cut to lengths that memory bears; empty for AutoDetect's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The headers of the answer to it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AnswerHeaders { get; init; } = [];
}
