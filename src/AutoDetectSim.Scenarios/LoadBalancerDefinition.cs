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
    [FilledIn("`autodiscover.DOMAIN` and `mail.DOMAIN` of every organization, as far as no other load balancer has them")]
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

    /// <summary>What becomes of connections to <see cref="Ipv6Address"/>.</summary>
    public Reachability Ipv6 { get; init; } = Reachability.Open;

    /// <summary>The TLS port that clients reach in the lab network.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 443;

    /// <summary>What port 80 of the virtual IP does.</summary>
    public PlainHttpPort Http { get; init; } = PlainHttpPort.Closed;

    /// <summary>Where <see cref="PlainHttpPort.Redirect"/> sends every request.</summary>
    [FilledIn("the address that was asked for, with https:")]
    [StringSyntax(ScalarSyntax.Url)]
    public string? HttpRedirectUrl { get; init; }

    /// <summary>How a node is chosen for a new connection.</summary>
    public BalancingAlgorithm Algorithm { get; init; } = BalancingAlgorithm.RoundRobin;

    /// <summary>Which connections stay on the node that an earlier one was given.</summary>
    public Persistence Persistence { get; init; } = Persistence.Session;

    /// <summary>Node names in the order in which connections get them, from the first again at the end; for <see cref="BalancingAlgorithm.Sequence"/>.</summary>
    [StringSyntax(ScalarSyntax.NodeReference)]
    public IReadOnlyList<string> Sequence { get; init; } = [];

    /// <summary>Whether the balancer hands TLS through to its nodes, or ends it with a chain of its own.</summary>
    public TlsHandling Tls { get; init; } = TlsHandling.Passthrough;

    /// <summary>What the balancer presents when it ends TLS.</summary>
    [ExpandsTo(typeof(PresentedChainMembers))]
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>How a balancer that ends TLS talks to its nodes.</summary>
    public BackEndTransport BackEnd { get; init; } = BackEndTransport.Https;

    /// <summary>Which of its connections to the nodes a balancer that ends TLS uses for a request.</summary>
    public BackEndConnections BackEndConnections { get; init; } = BackEndConnections.PerClient;

    /// <summary>Whether a device in front answers in place of Exchange until the caller has logged on there.</summary>
    public PreAuthentication PreAuthentication { get; init; } = PreAuthentication.None;

    /// <summary>What happens to the WWW-Authenticate headers of the nodes on their way out.</summary>
    public ChallengeHandling Challenges { get; init; } = ChallengeHandling.Unchanged;

    /// <summary>Source ranges that may connect: CIDR, addresses, or the published sets <c>autodetect</c> and <c>exchangeOnline</c>; empty: everyone.</summary>
    [StringSyntax(ScalarSyntax.Cidr)]
    public IReadOnlyList<string> AllowFrom { get; init; } = [];

    /// <summary>Source ranges that may not connect, whatever <see cref="AllowFrom"/> says.</summary>
    [StringSyntax(ScalarSyntax.Cidr)]
    public IReadOnlyList<string> DenyFrom { get; init; } = [];

    /// <summary>What the firewall does with connections that it does not let in.</summary>
    public Blocking Blocked { get; init; } = Blocking.Drop;

    /// <summary>How the balancer finds out which nodes it may use.</summary>
    [FilledIn("it asks none, and uses every node that is up")]
    public HealthProbeDefinition? HealthProbe { get; init; }

    /// <summary>What goes wrong on the way to the virtual IP, whichever node is chosen.</summary>
    public TransportFault Fault { get; init; } = TransportFault.None;

    /// <summary>How many of the connections meet <see cref="Fault"/>: <c>1/20</c> is every twentieth, <c>5%</c> is drawn from the seed.</summary>
    [FilledIn("all of them")]
    [StringSyntax(ScalarSyntax.Share)]
    public string? FaultShare { get; init; }

    /// <summary>The alert of <see cref="TransportFault.Alert"/> by its RFC 8446 name, for example <c>handshake_failure</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsAlert)]
    public string? Alert { get; init; }

    /// <summary>The round-trip time to the virtual IP. AutoDetect counts it without waiting; real programs wait, 5 seconds at the most for each turn.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The nodes. A number makes so many alike, named after the load balancer.</summary>
    [FilledIn("one node")]
    public required IReadOnlyList<NodeDefinition> Nodes { get; init; }
}

/// <summary>How a balancer chooses a node for a new connection.</summary>
public enum BalancingAlgorithm
{
    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>Drawn from the scenario's seed, each node equally likely.</summary>
    Random,

    /// <summary>In exact proportion to the nodes' weights, interleaved smoothly.</summary>
    Weighted,

    /// <summary>The node with the fewest open connections; the first of equals.</summary>
    LeastConnections,

    /// <summary>By a hash of the source address.</summary>
    SourceHash,

    /// <summary>In a written order.</summary>
    Sequence,
}

/// <summary>Which connections stay on the node that an earlier one was given.</summary>
public enum Persistence
{
    /// <summary>Those of one caller: the two connections of one detection meet the same node.</summary>
    Session,

    /// <summary>Those from one source address.</summary>
    SourceAddress,

    /// <summary>None: every connection is balanced on its own.</summary>
    None,
}

/// <summary>Where TLS ends.</summary>
public enum TlsHandling
{
    /// <summary>At the node, which presents its own chain.</summary>
    Passthrough,

    /// <summary>At the balancer, which presents one chain for all nodes.</summary>
    Terminate,
}

/// <summary>What goes wrong on a connection; in brackets what a Node.js client reports ([NODE20]).</summary>
public enum TransportFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is reset after ClientHello (ECONNRESET).</summary>
    Reset,

    /// <summary>The connection is accepted, and nothing is ever answered (the client's own timeout, ETIMEDOUT).</summary>
    Silent,

    /// <summary>The connection ends in the middle of the server's handshake flight (ECONNRESET).</summary>
    TruncatedHandshake,

    /// <summary>ClientHello is answered by a fatal alert (EPROTO).</summary>
    Alert,

    /// <summary>The port speaks HTTP without TLS (EPROTO, wrong version number).</summary>
    PlainHttp,

    /// <summary>The port refuses connections (ECONNREFUSED).</summary>
    Refused,

    /// <summary>The connection is closed in order after ClientHello (ECONNRESET).</summary>
    Closed,

    /// <summary>The connection is never established: a black hole (ETIMEDOUT).</summary>
    Dropped,

    /// <summary>TLS works, and HTTP requests are never answered (ETIMEDOUT).</summary>
    NoAnswer,

    /// <summary>TLS works, and the connection is reset when the request has been read (ECONNRESET).</summary>
    ResetAnswer,

    /// <summary>TLS works, and the connection is lost in the middle of the answer (ECONNRESET).</summary>
    TruncatedAnswer,

    /// <summary>TLS works, and behind it answers a mail server instead of HTTP (HPE_INVALID_CONSTANT).</summary>
    NotHttp,

    /// <summary>The status of the answer is a word (HPE_INVALID_STATUS).</summary>
    MalformedStatus,

    /// <summary>A header of the answer has a space in front of its colon (HPE_INVALID_HEADER_TOKEN).</summary>
    MalformedHeader,

    /// <summary>The lines of the answer's head end with LF alone (HPE_CR_EXPECTED).</summary>
    BareLineFeeds,

    /// <summary>The answer has more than 16 KB of headers (HPE_HEADER_OVERFLOW).</summary>
    OversizedHead,

    /// <summary>The answer has two Content-Length headers (HPE_UNEXPECTED_CONTENT_LENGTH).</summary>
    DuplicateLength,

    /// <summary>The answer has both Content-Length and Transfer-Encoding (HPE_INVALID_TRANSFER_ENCODING).</summary>
    LengthAndChunks,

    /// <summary>The answer comes in chunks of which one has no size (HPE_INVALID_CHUNK_SIZE).</summary>
    MalformedChunk,

    /// <summary>The answer says that the connection ends, and goes on after its last byte (HPE_CLOSED_CONNECTION).</summary>
    TrailingData,
}
