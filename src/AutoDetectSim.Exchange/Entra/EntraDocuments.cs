using System.Text.Json.Nodes;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>What clients read before anyone signs in ([AZSDK], [AADINT]).</summary>
internal static class EntraDocuments
{
    /// <summary>The scheme and host of every endpoint.</summary>
    public const string Authority = "https://login.microsoftonline.com";

    private const string CloudInstance = "microsoftonline.com";

    /// <summary>The OpenID Connect metadata of a tenant (OpenID Connect Discovery 1.0 section 3).</summary>
    public static JsonObject Metadata(EntraTenant tenant, bool isVersion2)
    {
        var version = isVersion2 ? "v2.0/" : "";
        var issuer = tenant.Organization is null ? "{tenantid}" : tenant.Id;
        var endpoints = $"{Authority}/{tenant.Id}/oauth2/{version}";
        var document = new JsonObject
        {
            ["token_endpoint"] = endpoints + "token",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt", "client_secret_basic"),
            ["jwks_uri"] = $"{Authority}/{tenant.Id}/discovery/{version}keys",
            ["response_modes_supported"] = new JsonArray("query", "fragment", "form_post"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["response_types_supported"] = new JsonArray("code", "id_token", "code id_token", "id_token token"),
            ["scopes_supported"] = isVersion2 ? new JsonArray("openid", "profile", "email", "offline_access") : new JsonArray("openid"),
            ["issuer"] = isVersion2 ? $"{Authority}/{issuer}/v2.0" : $"https://sts.windows.net/{issuer}/",
        };
        if (isVersion2)
        {
            document["request_uri_parameter_supported"] = false;
            document["userinfo_endpoint"] = "https://graph.microsoft.com/oidc/userinfo";
        }
        else
        {
            document["microsoft_multi_refresh_token"] = true;
        }

        document["authorization_endpoint"] = endpoints + "authorize";
        document["device_authorization_endpoint"] = endpoints + "devicecode";
        document["http_logout_supported"] = true;
        document["frontchannel_logout_supported"] = true;
        document["end_session_endpoint"] = endpoints + "logout";
        document["claims_supported"] = new JsonArray(
            "sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr", "nonce",
            "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email");
        document["tenant_region_scope"] = tenant.Organization is null ? null : "WW";
        document["cloud_instance_name"] = CloudInstance;
        document["cloud_graph_host_name"] = "graph.windows.net";
        document["msgraph_host"] = "graph.microsoft.com";
        document["rbac_url"] = "https://pas.windows.net";
        return document;
    }

    /// <summary>The clouds and the names of their hosts, by which clients know that they may trust one.</summary>
    /// <param name="tenant">The segment of the authorization endpoint that the client asks about.</param>
    /// <param name="version">The path of its version, or the empty string.</param>
    public static JsonObject Instances(string tenant, string version) => new()
    {
        ["tenant_discovery_endpoint"] = $"{Authority}/{tenant}/{version}.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(
            Instance("login.microsoftonline.com", "login.windows.net", "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"),
            Instance("login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn"),
            Instance("login.microsoftonline.de", "login.microsoftonline.de", "login.microsoftonline.de"),
            Instance("login.microsoftonline.us", "login.microsoftonline.us", "login.microsoftonline.us", "login.usgovcloudapi.net"),
            Instance("login-us.microsoftonline.com", "login-us.microsoftonline.com", "login-us.microsoftonline.com")),
    };

    /// <summary>How a user signs in (UserRealm 1.0).</summary>
    /// <param name="organization">The organization of the user's domain; null for one that Entra does not know.</param>
    /// <param name="domain">The domain.</param>
    public static JsonObject UserRealm(Organization? organization, string domain)
    {
        var document = new JsonObject { ["ver"] = "1.0", ["account_type"] = organization is null ? "Unknown" : IsFederated(organization) ? "Federated" : "Managed" };
        if (organization is not null)
        {
            document["domain_name"] = domain;
            if (IsFederated(organization))
            {
                document["federation_protocol"] = "WSTrust";
                document["federation_metadata_url"] = $"{Federation(organization)}/adfs/services/trust/mex";
                document["federation_active_auth_url"] = $"{Federation(organization)}/adfs/services/trust/2005/usernamemixed";
            }
        }

        document["cloud_instance_name"] = CloudInstance;
        document["cloud_audience_urn"] = "urn:federation:MicrosoftOnline";
        return document;
    }

    /// <summary>The same in version 2.0.</summary>
    /// <param name="organization">The organization of the user's domain; null for one that Entra does not know.</param>
    /// <param name="user">The user name.</param>
    /// <param name="domain">Its domain.</param>
    public static JsonObject UserRealm2(Organization? organization, string user, string domain)
    {
        if (organization is null)
        {
            return new JsonObject { ["NameSpaceType"] = "Unknown", ["Login"] = user, ["cloud_instance_name"] = CloudInstance };
        }

        var document = new JsonObject { ["NameSpaceType"] = IsFederated(organization) ? "Federated" : "Managed" };
        if (IsFederated(organization))
        {
            document["federation_protocol"] = "WSTrust";
        }

        document["Login"] = user;
        if (IsFederated(organization))
        {
            document["AuthURL"] = $"{Federation(organization)}/adfs/ls/?username={Uri.EscapeDataString(user)}&wa=wsignin1.0&wtrealm=urn%3afederation%3aMicrosoftOnline&wctx=";
        }

        document["DomainName"] = domain;
        document["FederationBrandName"] = organization.Name;
        document["TenantBrandingInfo"] = null;
        document["cloud_instance_name"] = CloudInstance;
        return document;
    }

    /// <summary>The domain of a user name.</summary>
    public static string DomainOf(string user) => EmailAddress.TryParse(user, out var address) ? address.Domain : user[(user.LastIndexOf('@') + 1)..];

    private static JsonObject Instance(string network, string cache, params string[] aliases) => new()
    {
        ["preferred_network"] = network,
        ["preferred_cache"] = cache,
        ["aliases"] = new JsonArray([.. aliases.Select(alias => JsonValue.Create(alias))]),
    };

    private static bool IsFederated(Organization organization) => organization.Definition.Auth == AuthenticationMode.Adfs;

    private static string Federation(Organization organization) => $"https://adfs.{organization.PrimaryDomain}";
}
