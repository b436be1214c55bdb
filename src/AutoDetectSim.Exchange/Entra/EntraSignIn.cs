using System.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>The pages on which a person signs in, for an application or for a device, and the way back to the application (RFC 6749 4.1).</summary>
internal sealed class EntraSignIn(EntraTenants tenants, EntraGrants grants, EntraTokenEndpoint endpoint)
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Answers a request for authorization: the form, or an error.</summary>
    /// <param name="tenant">The segment of the path that names the tenant.</param>
    /// <param name="query">The request's parameters as a query without its question mark.</param>
    /// <param name="parameter">Gives one of them, or null.</param>
    public EntraPage Authorize(string tenant, string query, Func<string, string?> parameter)
    {
        var isVersion2 = parameter("scope") is not null && parameter("resource") is null;
        var scope = EntraScope.Read(parameter, isVersion2);
        if (!tenants.HasPrincipal(scope.Resource))
        {
            return EntraPage.Of("Sorry, but we're having trouble signing you in.", EntraError.NoPrincipal(scope.Resource).Description);
        }

        if (parameter("redirect_uri") is { } redirect && CanLeadTo(redirect))
        {
            if (parameter("response_type") is { } type && !type.Split(' ').Contains("code", StringComparer.Ordinal))
            {
                return Back(redirect, parameter, Failure(EntraError.UnknownResponseType(type), parameter));
            }

            if (parameter("prompt") is "none")
            {
                return Back(redirect, parameter, Failure(EntraError.SignInNeeded, parameter));
            }
        }

        return Form(tenant, query, parameter("login_hint"), null);
    }

    /// <summary>Answers the form.</summary>
    /// <param name="tenant">The segment of the path that names the tenant.</param>
    /// <param name="found">That tenant.</param>
    /// <param name="posted">Gives a field of the form, or null.</param>
    public EntraPage SignIn(string tenant, EntraTenant found, Func<string, string?> posted)
    {
        var query = posted("ctx") ?? string.Empty;
        var asked = QueryHelpers.ParseQuery(query);
        string? Parameter(string name) => asked.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
        var name = posted("login") ?? string.Empty;
        var (user, error) = endpoint.SignIn(found, name, posted("passwd") ?? string.Empty);
        if (user is null)
        {
            return Form(tenant, query, name, error);
        }

        if (Parameter("redirect_uri") is not { } redirect || !CanLeadTo(redirect) || Parameter("client_id") is not { } client)
        {
            return EntraPage.Of("You are signed in", $"{user.Address.Text} is signed in, and no application waits for it.");
        }

        var code = grants.Add(
            new EntraGrant(EntraGrantKind.AuthorizationCode, client, EntraScope.Read(Parameter, Parameter("scope") is not null && Parameter("resource") is null))
            {
                User = user,
                RedirectUri = redirect,
                Challenge = Parameter("code_challenge"),
                IsHashed = Parameter("code_challenge_method") is "S256",
                Nonce = Parameter("nonce"),
            },
            CodeLifetime);
        return Back(redirect, Parameter, [("code", code), .. State(Parameter), ("session_state", user.Organization.TenantId.ToString())]);
    }

    /// <summary>The page for the code of a device, and what its form leads to.</summary>
    /// <param name="posted">Gives a field of the form; null where the page is only read.</param>
    public EntraPage Device(Func<string, string?>? posted)
    {
        if (posted is null)
        {
            return DeviceForm(null);
        }

        var (user, error) = endpoint.SignIn(new EntraTenant("common", null), posted("login") ?? string.Empty, posted("passwd") ?? string.Empty);
        if (user is null)
        {
            return DeviceForm(error);
        }

        return grants.Approve(posted("otc") ?? string.Empty, user)
            ? EntraPage.Of("You are signed in", "You have signed in on your device. You may now close this window.")
            : DeviceForm(EntraError.UnknownDevice);
    }

    private static EntraPage Form(string tenant, string query, string? name, EntraError? error) => new(EntraPageKind.Page, Html(
        "Sign in",
        $"<form method=\"post\" action=\"/{HttpUtility.HtmlAttributeEncode(Uri.EscapeDataString(tenant))}/login\">{Problem(error)}"
        + $"<input type=\"hidden\" name=\"ctx\" value=\"{HttpUtility.HtmlAttributeEncode(query)}\"/>"
        + $"<input type=\"email\" name=\"login\" value=\"{HttpUtility.HtmlAttributeEncode(name ?? string.Empty)}\"/>"
        + "<input type=\"password\" name=\"passwd\"/><input type=\"submit\" value=\"Sign in\"/></form>"));

    private static EntraPage DeviceForm(EntraError? error) => new(EntraPageKind.Page, Html(
        "Enter code",
        $"<form method=\"post\" action=\"/common/oauth2/deviceauth\">{Problem(error)}<input type=\"text\" name=\"otc\"/><input type=\"email\" name=\"login\"/>"
        + "<input type=\"password\" name=\"passwd\"/><input type=\"submit\" value=\"Next\"/></form>"));

    private static string Problem(EntraError? error) => error is null ? string.Empty : $"<p>{HttpUtility.HtmlEncode(error.Description)}</p>";

    private static (string Name, string Value)[] Failure(EntraError error, Func<string, string?> parameter) =>
        [("error", error.Name), ("error_description", error.Description), .. State(parameter)];

    private static (string Name, string Value)[] State(Func<string, string?> parameter) => parameter("state") is { } state ? [("state", state)] : [];

    private static EntraPage Back(string redirect, Func<string, string?> parameter, (string Name, string Value)[] values)
    {
        if (parameter("response_mode") is "form_post")
        {
            var fields = string.Concat(values.Select(value => $"<input type=\"hidden\" name=\"{value.Name}\" value=\"{HttpUtility.HtmlAttributeEncode(value.Value)}\"/>"));
            return new EntraPage(EntraPageKind.Page, Html(
                "Working...",
                $"<form method=\"post\" name=\"hiddenform\" action=\"{HttpUtility.HtmlAttributeEncode(redirect)}\">{fields}<input type=\"submit\" value=\"Continue\"/></form>"
                + "<script>document.forms[0].submit();</script>"));
        }

        var text = string.Join('&', values.Select(value => $"{value.Name}={Uri.EscapeDataString(value.Value)}"));
        var mark = parameter("response_mode") is "fragment" ? '#' : redirect.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new EntraPage(EntraPageKind.Redirect, redirect + mark + text);
    }

    // An application waits at a web address, or at a scheme that only it has; a browser would run what these two hold.
    private static bool CanLeadTo(string redirect) =>
        Uri.TryCreate(redirect, UriKind.Absolute, out var url) && url.Scheme is not ("javascript" or "data") && redirect.All(letter => char.IsAscii(letter) && !char.IsControl(letter));

    private static string Html(string title, string body) =>
        $"<!DOCTYPE html>\r\n<html><head><title>Sign in to your account</title></head>\r\n<body><h1>{title}</h1>{body}</body></html>\r\n";
}

/// <summary>What a browser gets.</summary>
/// <param name="Kind">A page, or a way to another place.</param>
/// <param name="Text">The HTML, or the address.</param>
internal sealed record EntraPage(EntraPageKind Kind, string Text)
{
    /// <summary>A page with a sentence.</summary>
    public static EntraPage Of(string title, string sentence) => new(
        EntraPageKind.Page,
        $"<!DOCTYPE html>\r\n<html><head><title>Sign in to your account</title></head>\r\n<body><h1>{HttpUtility.HtmlEncode(title)}</h1><p>{HttpUtility.HtmlEncode(sentence)}</p></body></html>\r\n");
}

/// <summary>The kinds of pages.</summary>
internal enum EntraPageKind
{
    Page,
    Redirect,
}
