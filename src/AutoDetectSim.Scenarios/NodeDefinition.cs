using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>One server behind a virtual IP.</summary>
[NameRanges]
public sealed record NodeDefinition
{
    /// <summary>The name, unique in the scenario; Exchange sends it as X-FEServer in upper case.</summary>
    public required string Name { get; init; }

    /// <summary>What the node puts on the wire. Where the balancer ends TLS it may name a certificate alone: the one that the node has behind the balancer, to which Windows authentication is bound.</summary>
    [ExpandsTo(typeof(PresentedChainMembers))]
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>The authorities whose certificates are in the Windows intermediate store of the node: it presents its certificate and what can be built from the store.</summary>
    [FilledIn("all that the certificate needs")]
    [StringSyntax(ScalarSyntax.AuthorityReference)]
    public IReadOnlyList<string>? IntermediateStore { get; init; }

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

    /// <summary>Whether the Windows of the node gets new roots, where that differs from the organization.</summary>
    [FilledIn("the organization's")]
    public bool? RootUpdates { get; init; }

    /// <summary>A URL Rewrite rule that differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public UrlRewriteRule? UrlRewrite { get; init; }

    /// <summary>Whether Windows authentication looks at channel bindings, where that differs from the organization.</summary>
    [FilledIn("the organization's")]
    public bool? ExtendedProtection { get; init; }

    /// <summary>The address of the node in its own network; a request without a Host header reads it in the realm of a challenge.</summary>
    [FilledIn("drawn from 10.0.0.0/8 by the node's name")]
    [StringSyntax(ScalarSyntax.IpAddress)]
    public string? InternalAddress { get; init; }

    /// <summary>TLS protocol versions that the node accepts, of <c>1.0</c>, <c>1.1</c>, <c>1.2</c>, <c>1.3</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsVersion)]
    public IReadOnlyList<string> TlsVersions { get; init; } = ["1.2", "1.3"];

    /// <summary>The certificate that clients get, with its complete chain, who name no host of the load balancer in SNI (RFC 6066 3).</summary>
    [FilledIn("the same as all others")]
    [StringSyntax(ScalarSyntax.CertificateReference)]
    public string? WithoutSni { get; init; }

    /// <summary>Whether the node demands a client certificate.</summary>
    public bool ClientCertificate { get; init; }

    /// <summary>What goes wrong between the client and the node, if anything.</summary>
    public TransportFault Fault { get; init; } = TransportFault.None;

    /// <summary>How many of the node's connections meet <see cref="Fault"/>: <c>1/20</c> is every twentieth, <c>5%</c> is drawn from the seed.</summary>
    [FilledIn("all of them")]
    [StringSyntax(ScalarSyntax.Share)]
    public string? FaultShare { get; init; }

    /// <summary>The alert of <see cref="TransportFault.Alert"/> by its RFC 8446 name, for example <c>handshake_failure</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsAlert)]
    public string? Alert { get; init; }

    /// <summary>The round-trip time that the node adds to the way to the virtual IP.</summary>
    public TimeSpan Latency { get; init; }
}
