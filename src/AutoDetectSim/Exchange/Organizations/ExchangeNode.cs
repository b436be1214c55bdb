using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Organizations;

/// <summary>One Exchange server: a node of the scenario with what it takes from its organization.</summary>
internal sealed class ExchangeNode
{
    public ExchangeNode(NodeDefinition definition, Organization? organization)
    {
        Definition = definition;
        Organization = organization;
        Build = ExchangeBuild.Parse(definition.Build ?? organization?.Definition.Build ?? DefaultBuild);
        NetBiosName = definition.Name.ToUpperInvariant();
        Fqdn = organization is null ? definition.Name : $"{definition.Name.ToLowerInvariant()}.{organization.InternalDomain}";
        var auth = definition.Auth ?? organization?.Definition.Auth ?? AuthenticationMode.Basic;
        Auth = Build.HasHybridModernAuthentication ? auth : AuthenticationMode.Basic;
    }

    private static string DefaultBuild { get; } = new OrganizationDefinition { Name = "", Domains = [] }.Build;

    /// <summary>The node as written in the scenario.</summary>
    public NodeDefinition Definition { get; }

    /// <summary>The organization whose answers the node gives, or null for a node that is no Exchange server.</summary>
    public Organization? Organization { get; }

    /// <summary>The build that the node runs.</summary>
    public ExchangeBuild Build { get; }

    /// <summary>X-FEServer.</summary>
    public string NetBiosName { get; }

    /// <summary>The name in the servers' own domain, in lower case.</summary>
    public string Fqdn { get; }

    /// <summary>What the node's ActiveSync offers; a build without hybrid modern authentication offers Basic alone.</summary>
    public AuthenticationMode Auth { get; }
}
