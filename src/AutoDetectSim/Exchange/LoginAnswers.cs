using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using AutoDetectSim.Exchange.Answers;

namespace AutoDetectSim.Exchange;

/// <summary>The endpoint behind the authorization URL of a challenge.</summary>
internal static class LoginAnswers
{
    private const string Authority = "https://login.microsoftonline.com";

    /// <summary>The OpenID Connect metadata of a tenant (OpenID Connect Discovery 1.0 section 3).</summary>
    /// <param name="tenant">A tenant's GUID or domain, or <c>common</c>.</param>
    public static Answer Metadata(string tenant) => Answer.Text(
        200,
        "application/json; charset=utf-8",
        JsonSerializer.Serialize(new JsonObject
        {
            ["authorization_endpoint"] = $"{Authority}/{tenant}/oauth2/authorize",
            ["token_endpoint"] = $"{Authority}/{tenant}/oauth2/token",
            ["jwks_uri"] = $"{Authority}/{tenant}/discovery/keys",
            ["issuer"] = string.Equals(tenant, "common", StringComparison.OrdinalIgnoreCase) ? "https://sts.windows.net/{tenantid}/" : $"https://sts.windows.net/{tenant}/",
            ["response_types_supported"] = new JsonArray("code", "id_token", "code id_token"),
            ["response_modes_supported"] = new JsonArray("query", "fragment", "form_post"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["scopes_supported"] = new JsonArray("openid"),
        }),
        ("Cache-Control", "max-age=86400, private"));

    /// <summary>The keys that tokens are signed with (RFC 7517).</summary>
    /// <param name="document">The document.</param>
    public static Answer Keys(string document) => Answer.Text(200, "application/json; charset=utf-8", document, ("Cache-Control", "max-age=86400, private"));

    /// <summary>The page for a resource that no service principal of the tenant names ([SPNDOC]).</summary>
    /// <param name="resource">The address that the client wants a token for.</param>
    public static Answer ResourceNotFound(string resource) => Answer.Text(
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html>\r\n<html><head><title>Sign in to your account</title></head>\r\n<body><h1>Sorry, but we're having trouble signing you in.</h1>"
        + $"<p>AADSTS500011: The resource principal named {HttpUtility.HtmlEncode(resource)} was not found in the tenant.</p></body></html>\r\n",
        ("Cache-Control", "no-store, no-cache"));

    /// <summary>The page on which a person would sign in.</summary>
    public static Answer SignInPage() => Answer.Text(
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html>\r\n<html><head><title>Sign in to your account</title></head>\r\n<body><h1>Sign in</h1><p>This is the login page of a lab; you cannot sign in here.</p></body></html>\r\n",
        ("Cache-Control", "no-store, no-cache"));
}
