using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>One server behind a virtual IP.</summary>
[NameRanges]
public sealed record NodeDefinition
{
    /// <summary>The name, unique in the scenario; Exchange sends it in upper case as X-FEServer.</summary>
    public required string Name { get; init; }

    /// <summary>The chain that the node serves. If the load balancer terminates TLS, only a certificate may be named: the one that the node uses behind the load balancer, to which Windows authentication is bound.</summary>
    [ExpandsTo(typeof(PresentedChainMembers))]
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>The authorities whose certificates are in the node's Windows intermediate store: the node serves its certificate and the chain that Windows can build from the store.</summary>
    [FilledIn("all that the certificate needs")]
    [StringSyntax(ScalarSyntax.AuthorityReference)]
    public IReadOnlyList<string>? IntermediateStore { get; init; }

    /// <summary>The organization to which the node belongs.</summary>
    [FilledIn("the one that owns the domain of the first host, or the only one")]
    [StringSyntax(ScalarSyntax.OrganizationReference)]
    public string? Organization { get; init; }

    /// <summary>Share of connections relative to the other nodes, for <see cref="BalancingAlgorithm.Weighted"/>.</summary>
    [Range(0, 1_000_000)]
    public int Weight { get; init; } = 1;

    /// <summary>False: the load balancer sends no connections to the node.</summary>
    public bool Up { get; init; } = true;

    /// <summary>Authentication mode, if it differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public AuthenticationMode? Auth { get; init; }

    /// <summary>Exchange build, if it differs from the organization's.</summary>
    [FilledIn("the organization's")]
    [StringSyntax(ScalarSyntax.Build)]
    public string? Build { get; init; }

    /// <summary>Virtual directories that are offline on the node: they answer 503 and do not serve healthcheck.htm.</summary>
    public IReadOnlyList<VirtualDirectory> Offline { get; init; } = [];

    /// <summary>The response of the node's ActiveSync to every authenticated request, instead of the regular one.</summary>
    public ActiveSyncAccess? ActiveSync { get; init; }

    /// <summary>State of OAuth, if it differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public OAuthState? OAuth { get; init; }

    /// <summary>Whether Windows on the node updates its trusted roots, if that differs from the organization.</summary>
    [FilledIn("the organization's")]
    public bool? RootUpdates { get; init; }

    /// <summary>URL Rewrite rule, if it differs from the organization's.</summary>
    [FilledIn("the organization's")]
    public UrlRewriteRule? UrlRewrite { get; init; }

    /// <summary>Whether Windows authentication checks channel bindings, if that differs from the organization.</summary>
    [FilledIn("the organization's")]
    public bool? ExtendedProtection { get; init; }

    /// <summary>The internal address of the node; a request without a Host header receives it in the realm of a challenge.</summary>
    [FilledIn("drawn from 10.0.0.0/8 by the node's name")]
    [StringSyntax(ScalarSyntax.IpAddress)]
    public string? InternalAddress { get; init; }

    /// <summary>TLS versions that the node accepts: any of <c>1.0</c>, <c>1.1</c>, <c>1.2</c>, <c>1.3</c>.</summary>
    [StringSyntax(ScalarSyntax.TlsVersion)]
    public IReadOnlyList<string> TlsVersions { get; init; } = ["1.2", "1.3"];

    /// <summary>The certificate, with its complete chain, for clients whose SNI does not name a host of the load balancer (RFC 6066 3).</summary>
    [FilledIn("the same as for all others")]
    [StringSyntax(ScalarSyntax.CertificateReference)]
    public string? WithoutSni { get; init; }

    /// <summary>Whether the node requires a client certificate.</summary>
    public bool ClientCertificate { get; init; }

    /// <summary>IMAP on the node, for a load balancer whose `mail` has `imap`.</summary>
    [FilledIn("served with the node's chain")]
    public MailServerDefinition? Imap { get; init; }

    /// <summary>POP3 on the node, for a load balancer whose `mail` has `pop3`.</summary>
    [FilledIn("served with the node's chain")]
    public MailServerDefinition? Pop3 { get; init; }

    /// <summary>SMTP on the node, for a load balancer whose `mail` has `smtp`.</summary>
    [FilledIn("served with the node's chain")]
    public MailServerDefinition? Smtp { get; init; }

    /// <summary>What goes wrong between the client and the node, if anything.</summary>
    public TransportFault Fault { get; init; } = TransportFault.None;

    /// <summary>The share of the node's connections that <see cref="Fault"/> affects: <c>1/20</c> is every twentieth, <c>5%</c> is drawn from the seed.</summary>
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

    /// <summary>The round-trip time that the node adds to that of the virtual IP.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>What the node says of one mail protocol, or null for all defaults.</summary>
    internal MailServerDefinition? MailServer(MailProtocol protocol) => protocol switch
    {
        MailProtocol.Imap => Imap,
        MailProtocol.Pop3 => Pop3,
        _ => Smtp,
    };
}
