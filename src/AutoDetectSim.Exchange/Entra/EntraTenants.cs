using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>Whom Entra knows: the tenants of the scenario's organizations, their users, and the services that tokens are for.</summary>
internal sealed class EntraTenants(ExchangeDirectory directory)
{
    private static readonly string[] Shared = ["common", "organizations", "consumers"];

    // Microsoft's own services, among them Exchange Online and Graph by their application IDs.
    private static readonly HashSet<string> CloudResources = new(StringComparer.OrdinalIgnoreCase)
    {
        "outlook.office365.com", "outlook.cloud.microsoft", "outlook.office.com", "substrate.office.com", "graph.microsoft.com", "graph.windows.net",
        "00000002-0000-0000-c000-000000000000", "00000002-0000-0ff1-ce00-000000000000", GraphApplication,
    };

    /// <summary>The application ID of Microsoft Graph, for which a token is that is asked for by bare names of permissions.</summary>
    public const string GraphApplication = "00000003-0000-0000-c000-000000000000";

    /// <summary>The tenant that a segment of a path names by its GUID or a domain, or one that all tenants share; null for one that does not exist.</summary>
    public EntraTenant? Find(string segment)
    {
        if (Array.Find(Shared, name => name.Equals(segment, StringComparison.OrdinalIgnoreCase)) is { } shared)
        {
            return new EntraTenant(shared, null);
        }

        return directory.TenantOf(segment) is { } id ? new EntraTenant(id.ToString(), directory.Organizations.First(organization => organization.TenantId == id)) : null;
    }

    /// <summary>The tenant of a user name's domain, or null.</summary>
    public Organization? OfUser(string userName) =>
        EmailAddress.TryParse(userName, out var address) && directory.FindDomain(address.Domain) is { HasTenant: true } organization ? organization : null;

    /// <summary>The user with a name, as a tenant sees it; null for one that it does not know.</summary>
    public EntraUser? FindUser(EntraTenant tenant, string userName) =>
        OfUser(userName) is { } organization
        && (tenant.Organization is null || tenant.Organization == organization)
        && EmailAddress.TryParse(userName, out var address)
        && organization.HasMailbox(address)
            ? new EntraUser(organization, address)
            : null;

    /// <summary>Whether a service has a principal in a tenant: Microsoft's own have, and the servers of an organization unless the scenario takes it away ([SPNDOC]).</summary>
    public bool HasPrincipal(string resource)
    {
        if (!Uri.TryCreate(resource, UriKind.Absolute, out var url))
        {
            return CloudResources.Contains(resource);
        }

        return CloudResources.Contains(url.Host) || directory.Organizations.Any(organization =>
            organization.Definition.OAuth != OAuthState.ServicePrincipalMissing
            && organization.Definition.Domains.Any(domain => url.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>A tenant as the path of a request names it.</summary>
/// <param name="Id">Its GUID, or the name that all tenants share.</param>
/// <param name="Organization">Its organization; null for a shared name.</param>
internal sealed record EntraTenant(string Id, Organization? Organization);

/// <summary>Who signs in.</summary>
/// <param name="Organization">The organization of the user's tenant.</param>
/// <param name="Address">The user name, which is the mailbox's address.</param>
internal sealed record EntraUser(Organization Organization, EmailAddress Address);
