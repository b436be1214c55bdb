using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios.Model;

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

    /// <summary>The TLS port that clients reach in the lab network.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 443;

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
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>How a balancer that ends TLS talks to its nodes.</summary>
    public BackEndTransport BackEnd { get; init; } = BackEndTransport.Https;

    /// <summary>Whether a device in front answers in place of Exchange until the caller has logged on there.</summary>
    public PreAuthentication PreAuthentication { get; init; } = PreAuthentication.None;

    /// <summary>What happens to the WWW-Authenticate headers of the nodes on their way out.</summary>
    public ChallengeHandling Challenges { get; init; } = ChallengeHandling.Unchanged;

    /// <summary>Source ranges (CIDR) that may connect; empty: everyone.</summary>
    [StringSyntax(ScalarSyntax.Cidr)]
    public IReadOnlyList<string> AllowFrom { get; init; } = [];

    /// <summary>The nodes. A number makes so many alike, named after the load balancer.</summary>
    [FilledIn("one node")]
    public required IReadOnlyList<NodeDefinition> Nodes { get; init; }
}

/// <summary>One server behind a virtual IP.</summary>
[NameRanges]
public sealed record NodeDefinition
{
    /// <summary>The name, unique in the scenario; Exchange sends it as X-FEServer in upper case.</summary>
    public required string Name { get; init; }

    /// <summary>What the node puts on the wire; null only where the balancer ends TLS.</summary>
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>The organization whose answers the node gives.</summary>
    [FilledIn("the one that owns the domain of the first host, or the only one")]
    [StringSyntax(ScalarSyntax.OrganizationReference)]
    public string? Organization { get; init; }

    /// <summary>Share of connections relative to the other nodes, for <see cref="BalancingAlgorithm.Weighted"/>.</summary>
    [Range(0, 1_000_000)]
    public int Weight { get; init; } = 1;

    /// <summary>False: the balancer gives the node no connections.</summary>
    public bool Up { get; init; } = true;

    /// <summary>An authentication mode that differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public AuthenticationMode? Auth { get; init; }

    /// <summary>A build that differs from the organization's.</summary>
    [FilledIn("the organization's")]
    [StringSyntax(ScalarSyntax.Build)]
    public string? Build { get; init; }

    /// <summary>Virtual directories that are offline on the node: they answer 503, and have no healthcheck.htm.</summary>
    public IReadOnlyList<VirtualDirectory> Offline { get; init; } = [];

    /// <summary>An answer that the node's ActiveSync gives to every request that is logged on, instead of its own.</summary>
    public ActiveSyncAccess? ActiveSync { get; init; }

    /// <summary>A state of OAuth that differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public OAuthState? OAuth { get; init; }

    /// <summary>A URL Rewrite rule that differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public UrlRewriteRule? UrlRewrite { get; init; }

    /// <summary>The address of the node in its own network; a request without a Host header reads it in the realm of a challenge.</summary>
    [FilledIn("drawn from 10.0.0.0/8 by the node's name")]
    [StringSyntax(ScalarSyntax.IpAddress)]
    public string? InternalAddress { get; init; }

    /// <summary>TLS protocol versions that the node accepts, of <c>1.0</c>, <c>1.1</c>, <c>1.2</c>, <c>1.3</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsVersion)]
    public IReadOnlyList<string> TlsVersions { get; init; } = ["1.2", "1.3"];

    /// <summary>What goes wrong below HTTP, if anything.</summary>
    public TransportFault Fault { get; init; } = TransportFault.None;

    /// <summary>The alert of <see cref="TransportFault.Alert"/> by its RFC 8446 name, for example <c>handshake_failure</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsAlert)]
    public string? Alert { get; init; }
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

/// <summary>What goes wrong below HTTP.</summary>
public enum TransportFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is reset after ClientHello (ECONNRESET).</summary>
    Reset,

    /// <summary>The connection is accepted, and nothing is ever answered.</summary>
    Silent,

    /// <summary>The connection ends in the middle of the server's handshake flight.</summary>
    TruncatedHandshake,

    /// <summary>ClientHello is answered by a fatal alert.</summary>
    Alert,

    /// <summary>The port speaks HTTP without TLS (EPROTO, wrong version number).</summary>
    PlainHttp,

    /// <summary>The port refuses connections (ECONNREFUSED).</summary>
    Refused,
}
