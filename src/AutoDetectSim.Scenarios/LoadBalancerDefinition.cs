using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>A virtual IP, the host names that resolve to it, and the nodes behind it.</summary>
public sealed record LoadBalancerDefinition
{
    /// <summary>The name that other parts of the scenario use.</summary>
    public required string Name { get; init; }

    /// <summary>Host names that resolve to the virtual IP.</summary>
    [FilledIn("`autodiscover.DOMAIN` and `mail.DOMAIN` of every organization, unless another load balancer has them")]
    [StringSyntax(ScalarSyntax.HostName)]
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The virtual IP.</summary>
    [FilledIn("the next free one of 203.0.113.0/24")]
    [StringSyntax(ScalarSyntax.IpAddress)]
    public string? Address { get; init; }

    /// <summary>An IPv6 address of the virtual IP, for which its hosts then have AAAA records; clients prefer it.</summary>
    [FilledIn("none")]
    [StringSyntax(ScalarSyntax.IpAddress)]
    public string? Ipv6Address { get; init; }

    /// <summary>What happens to connections to <see cref="Ipv6Address"/>.</summary>
    public Reachability Ipv6 { get; init; } = Reachability.Open;

    /// <summary>The TLS port that clients reach in the lab network.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 443;

    /// <summary>How port 80 of the virtual IP behaves.</summary>
    public PlainHttpPort Http { get; init; } = PlainHttpPort.Closed;

    /// <summary>Redirect target of <see cref="PlainHttpPort.Redirect"/>.</summary>
    [FilledIn("the requested URL with https:")]
    [StringSyntax(ScalarSyntax.Url)]
    public string? HttpRedirectUrl { get; init; }

    /// <summary>Mail protocols that the nodes serve at their standard ports. TLS of mail is always passed through, because STARTTLS takes place inside the protocol.</summary>
    public IReadOnlyList<MailProtocol> Mail { get; init; } = [];

    /// <summary>Connectors of the nodes to partners that require a client certificate (mutual TLS), by name. A node presents there the certificates that it serves for SMTP; a partner judges them against the lab's roots.</summary>
    public IReadOnlyList<string> Connectors { get; init; } = [];

    /// <summary>How the load balancer chooses a node for a new connection.</summary>
    public BalancingAlgorithm Algorithm { get; init; } = BalancingAlgorithm.RoundRobin;

    /// <summary>Session persistence: which connections stay on the node of an earlier one.</summary>
    public Persistence Persistence { get; init; } = Persistence.Session;

    /// <summary>Node names in connection order, repeated from the start; for <see cref="BalancingAlgorithm.Sequence"/>.</summary>
    [StringSyntax(ScalarSyntax.NodeReference)]
    public IReadOnlyList<string> Sequence { get; init; } = [];

    /// <summary>Whether the load balancer passes TLS through to its nodes or terminates it with its own chain.</summary>
    public TlsHandling Tls { get; init; } = TlsHandling.Passthrough;

    /// <summary>The chain that the load balancer serves if it terminates TLS.</summary>
    [ExpandsTo(typeof(PresentedChainMembers))]
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>How a load balancer that terminates TLS connects to its nodes.</summary>
    public BackEndTransport BackEnd { get; init; } = BackEndTransport.Https;

    /// <summary>Which connection to a node a load balancer that terminates TLS uses for a request.</summary>
    public BackEndConnections BackEndConnections { get; init; } = BackEndConnections.PerClient;

    /// <summary>Whether a pre-authentication device answers instead of Exchange until the client has logged on there.</summary>
    public PreAuthentication PreAuthentication { get; init; } = PreAuthentication.None;

    /// <summary>What happens to the nodes' WWW-Authenticate headers on the way to the client.</summary>
    public ChallengeHandling Challenges { get; init; } = ChallengeHandling.Unchanged;

    /// <summary>Source ranges that may connect: CIDR, addresses, or the published sets <c>autodetect</c> and <c>exchangeOnline</c>; empty: everyone.</summary>
    [StringSyntax(ScalarSyntax.Cidr)]
    public IReadOnlyList<string> AllowFrom { get; init; } = [];

    /// <summary>Source ranges that may not connect, even if <see cref="AllowFrom"/> includes them.</summary>
    [StringSyntax(ScalarSyntax.Cidr)]
    public IReadOnlyList<string> DenyFrom { get; init; } = [];

    /// <summary>What the firewall does with connections that it does not allow.</summary>
    public Blocking Blocked { get; init; } = Blocking.Drop;

    /// <summary>How the load balancer decides which nodes it uses.</summary>
    [FilledIn("no probe: every node that is up is used")]
    public HealthProbeDefinition? HealthProbe { get; init; }

    /// <summary>A fault of the virtual IP, whichever node is chosen.</summary>
    public TransportFault Fault { get; init; } = TransportFault.None;

    /// <summary>The share of connections that <see cref="Fault"/> affects: <c>1/20</c> is every twentieth, <c>5%</c> is drawn from the seed.</summary>
    [FilledIn("all of them")]
    [StringSyntax(ScalarSyntax.Share)]
    public string? FaultShare { get; init; }

    /// <summary>The alert of <see cref="TransportFault.Alert"/> by its RFC 8446 name, for example <c>handshake_failure</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsAlert)]
    public string? Alert { get; init; }

    /// <summary>The most bytes that ClientHello may have under <see cref="TransportFault.ResetLargeHello"/>, record header included. Node.js 20 sends 382 for a name of 24 characters, Node.js 22 and later 1,601 ([NODE22-HELLO]).</summary>
    [Range(64, 131_072)]
    [FilledIn("1460, one TCP segment over Ethernet")]
    public int? HelloLimit { get; init; }

    /// <summary>The round-trip time to the virtual IP. AutoDetect counts it without waiting; real programs wait, at most 5 seconds per round trip.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The nodes. A number creates that many identical ones, named after the load balancer.</summary>
    [FilledIn("one node")]
    public required IReadOnlyList<NodeDefinition> Nodes { get; init; }
}

/// <summary>How a load balancer chooses a node for a new connection.</summary>
public enum BalancingAlgorithm
{
    /// <summary>Round robin: one after the other.</summary>
    RoundRobin,

    /// <summary>Drawn from the scenario's seed, each node equally likely.</summary>
    Random,

    /// <summary>In exact proportion to the nodes' weights, interleaved smoothly.</summary>
    Weighted,

    /// <summary>The node with the fewest open connections; the first if several are equal.</summary>
    LeastConnections,

    /// <summary>By a hash of the source address.</summary>
    SourceHash,

    /// <summary>In the order of `sequence`.</summary>
    Sequence,
}

/// <summary>Session persistence: which connections stay on the node of an earlier one.</summary>
public enum Persistence
{
    /// <summary>Those of one caller: the two connections of one detection meet the same node.</summary>
    Session,

    /// <summary>Those from one source address.</summary>
    SourceAddress,

    /// <summary>None: every connection is balanced independently.</summary>
    None,
}

/// <summary>Where TLS is terminated.</summary>
public enum TlsHandling
{
    /// <summary>At the node, which presents its own chain.</summary>
    Passthrough,

    /// <summary>At the load balancer, which presents one chain for all nodes.</summary>
    Terminate,
}

/// <summary>A fault of a connection; in parentheses, what a Node.js client reports ([NODE20]).</summary>
public enum TransportFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is reset after ClientHello (ECONNRESET).</summary>
    Reset,

    /// <summary>The connection is accepted but never answered (the client's own timeout, ETIMEDOUT).</summary>
    Silent,

    /// <summary>The connection ends in the middle of the server's handshake flight (ECONNRESET).</summary>
    TruncatedHandshake,

    /// <summary>ClientHello is answered with a fatal alert (EPROTO).</summary>
    Alert,

    /// <summary>The port speaks HTTP without TLS (EPROTO, wrong version number).</summary>
    PlainHttp,

    /// <summary>The port refuses connections (ECONNREFUSED).</summary>
    Refused,

    /// <summary>The connection is closed cleanly after ClientHello (ECONNRESET).</summary>
    Closed,

    /// <summary>The connection is never established: a black hole (ETIMEDOUT).</summary>
    Dropped,

    /// <summary>TLS works, but HTTP requests are never answered (ETIMEDOUT).</summary>
    NoAnswer,

    /// <summary>TLS works, but the connection is reset after the request has been read (ECONNRESET).</summary>
    ResetAnswer,

    /// <summary>TLS works, but the connection is lost in the middle of the response (ECONNRESET).</summary>
    TruncatedAnswer,

    /// <summary>TLS works, but a mail server answers instead of HTTP (HPE_INVALID_CONSTANT).</summary>
    NotHttp,

    /// <summary>The status of the response is a word (HPE_INVALID_STATUS).</summary>
    MalformedStatus,

    /// <summary>A response header has a space before its colon (HPE_INVALID_HEADER_TOKEN).</summary>
    MalformedHeader,

    /// <summary>The header lines of the response end with LF alone (HPE_CR_EXPECTED).</summary>
    BareLineFeeds,

    /// <summary>The response has more than 16 KB of headers (HPE_HEADER_OVERFLOW).</summary>
    OversizedHead,

    /// <summary>The response has two Content-Length headers (HPE_UNEXPECTED_CONTENT_LENGTH).</summary>
    DuplicateLength,

    /// <summary>The response has both Content-Length and Transfer-Encoding (HPE_INVALID_TRANSFER_ENCODING).</summary>
    LengthAndChunks,

    /// <summary>One chunk of the response has no size (HPE_INVALID_CHUNK_SIZE).</summary>
    MalformedChunk,

    /// <summary>The response announces the end of the connection, but continues after its last byte (HPE_CLOSED_CONNECTION).</summary>
    TrailingData,

    /// <summary>TLS works, but the connection is closed cleanly after the request has been read, without a response (ECONNRESET, "socket hang up").</summary>
    HangUp,

    /// <summary>The connection is reset if ClientHello has more bytes than `helloLimit`, record header included (ECONNRESET).</summary>
    ResetLargeHello,

    /// <summary>The connection is reset if ClientHello offers ML-KEM, the post-quantum key exchange (ECONNRESET).</summary>
    ResetMlKemHello,

    /// <summary>The connection is reset if not all of ClientHello is in the first TCP segment: it arrives in parts, or has more than 1,460 bytes (ECONNRESET).</summary>
    ResetSplitHello,
}
