using System.Net;
using AutoDetectSim.Exchange.Connections;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Organizations;

/// <summary>One Exchange server: a node of the scenario with what it takes from its organization and its load balancer.</summary>
internal sealed class ExchangeNode
{
    public ExchangeNode(NodeDefinition definition, Organization? organization, LoadBalancerDefinition? balancer, int seed)
    {
        Definition = definition;
        Organization = organization;
        Build = ExchangeBuild.Parse(definition.Build ?? organization?.Definition.Build ?? DefaultBuild);
        NetBiosName = definition.Name.ToUpperInvariant();
        Fqdn = FqdnOf(definition.Name);
        Auth = Offered(definition.Auth ?? organization?.Definition.Auth ?? AuthenticationMode.Basic, Build);
        var oAuth = definition.OAuth ?? organization?.Definition.OAuth;
        AcceptsTokens = oAuth != OAuthState.AuthCertificateExpired;
        HasStaleKeys = oAuth == OAuthState.SigningKeysStale;
        HasRootUpdates = definition.RootUpdates ?? organization?.Definition.RootUpdates ?? true;
        UrlRewrite = definition.UrlRewrite ?? organization?.Definition.UrlRewrite ?? UrlRewriteRule.None;
        IsTlsOffloaded = balancer is { Tls: TlsHandling.Terminate, BackEnd: BackEndTransport.Http };
        PreAuthentication = balancer?.PreAuthentication ?? PreAuthentication.None;
        Challenges = balancer?.Challenges ?? ChallengeHandling.Unchanged;
        Connections = new NodeConnections(definition.Name, balancer?.BackEndConnections ?? BackEndConnections.PerClient, new Seed(seed).Stream("back-end connections/" + definition.Name));
        HasExtendedProtection = definition.ExtendedProtection ?? organization?.Definition.ExtendedProtection ?? Build.HasExtendedProtection;
        InternalAddress = definition.InternalAddress ?? PrivateAddress(definition.Name);
    }

    private static string DefaultBuild { get; } = new OrganizationDefinition { Name = "", Domains = [] }.Build;

    /// <summary>The node as written in the scenario.</summary>
    public NodeDefinition Definition { get; }

    /// <summary>The organization whose answers the node gives, or null for a node that is not an Exchange server.</summary>
    public Organization? Organization { get; }

    /// <summary>The build that the node runs.</summary>
    public ExchangeBuild Build { get; }

    /// <summary>X-FEServer.</summary>
    public string NetBiosName { get; }

    /// <summary>The name in the servers' own domain, in lower case.</summary>
    public string Fqdn { get; }

    /// <summary>The address in the servers' own network.</summary>
    public string InternalAddress { get; }

    /// <summary>What the node's ActiveSync offers, as far as its build can.</summary>
    public AuthenticationMode Auth { get; }

    /// <summary>Whether the node can tell a good token.</summary>
    public bool AcceptsTokens { get; }

    /// <summary>Whether the node still has the keys of Entra from before they were changed.</summary>
    public bool HasStaleKeys { get; }

    /// <summary>Whether the node's Windows gets new roots.</summary>
    public bool HasRootUpdates { get; }

    /// <summary>The URL Rewrite rule of the node's IIS.</summary>
    public UrlRewriteRule UrlRewrite { get; }

    /// <summary>Whether requests reach the node over plain HTTP although clients speak TLS.</summary>
    public bool IsTlsOffloaded { get; }

    /// <summary>The device in front of the node.</summary>
    public PreAuthentication PreAuthentication { get; }

    /// <summary>What happens to the node's challenges on their way out.</summary>
    public ChallengeHandling Challenges { get; }

    /// <summary>The connections on which requests arrive.</summary>
    public NodeConnections Connections { get; }

    /// <summary>Whether Windows authentication looks at channel bindings.</summary>
    public bool HasExtendedProtection { get; }

    /// <summary>The FQDN of a server of the same organization, in lower case.</summary>
    public string FqdnOf(string server) => Organization is null ? server.ToLowerInvariant() : $"{server.ToLowerInvariant()}.{Organization.InternalDomain}";

    /// <summary>Whether a virtual directory of the node is in service.</summary>
    public bool IsOnline(VirtualDirectory directory) => !Definition.Offline.Contains(directory);

    private static AuthenticationMode Offered(AuthenticationMode mode, ExchangeBuild build) => mode switch
    {
        AuthenticationMode.Gateway => mode,
        AuthenticationMode.Adfs => build.HasIssuerPerMailbox ? mode : AuthenticationMode.Basic,
        _ => build.HasHybridModernAuthentication ? mode : AuthenticationMode.Basic,
    };

    private static string PrivateAddress(string name)
    {
        var hash = ServerHash.Of(name);
        return new IPAddress([10, (byte)(hash >> 16), (byte)(hash >> 8), (byte)(1 + (hash % 254))]).ToString();
    }
}
