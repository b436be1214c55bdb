using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>One of Entra's errors ([AZSDK]; texts and numbers of [AADSTS]).</summary>
/// <param name="Code">The number after AADSTS.</param>
/// <param name="Name">The error of OAuth 2.0.</param>
/// <param name="Text">The sentence.</param>
internal sealed record EntraError(int Code, string Name, string Text)
{
    public static EntraError UnknownTenant(string tenant) => Guid.TryParse(tenant, out _) || tenant.Contains('.', StringComparison.Ordinal)
        ? new(90002, "invalid_tenant", $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.")
        : new(900023, "invalid_request", $"Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.");

    public static EntraError UnknownInstance { get; } = new(50049, "invalid_instance", "Unknown or invalid instance.");

    public static EntraError NoPrincipal(string resource) => new(
        500011,
        "invalid_resource",
        $"The resource principal named {resource} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.");

    public static EntraError Missing(string parameter) => new(900144, "invalid_request", $"The request body must contain the following parameter: '{parameter}'.");

    public static EntraError UnknownUser(string user) =>
        new(50034, "invalid_grant", $"The user account {user} does not exist in the directory. To sign into this application, the account must be added to the directory.");

    public static EntraError WrongPassword { get; } = new(50126, "invalid_grant", "Error validating credentials due to invalid username or password.");

    public static EntraError UnknownGrantType(string grant) => new(70003, "unsupported_grant_type", $"The app requested an unsupported grant type '{grant}'.");

    public static EntraError UnknownResponseType(string type) => new(700054, "unsupported_response_type", $"response_type '{type}' is not enabled for the application.");

    public static EntraError Redeemed { get; } = new(54005, "invalid_grant", "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.");

    public static EntraError Expired { get; } = new(70008, "invalid_grant", "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.");

    public static EntraError OtherClient { get; } = new(70000, "invalid_grant", "Provided grant is invalid or malformed.");

    public static EntraError OtherRedirect(string redirect) => new(500112, "invalid_client", $"The reply address '{redirect}' does not match the reply address provided when requesting Authorization code.");

    public static EntraError WrongVerifier { get; } = new(50148, "invalid_grant", "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.");

    public static EntraError Pending { get; } = new(70016, "authorization_pending", "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");

    public static EntraError UnknownDevice { get; } = new(70018, "bad_verification_code", "Invalid verification code due to User typing in wrong user code for device code flow.");

    public static EntraError DeviceExpired { get; } = new(70019, "expired_token", "Verification code expired.");

    public static EntraError SignInNeeded { get; } = new(50058, "login_required", "A silent sign-in request was sent but no user is signed in.");

    /// <summary>The sentence with its number.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"AADSTS{Code}: {Text}");

    /// <summary>The JSON document.</summary>
    /// <param name="correlation">The number that the request shares with others of its application.</param>
    /// <param name="now">The time.</param>
    /// <param name="traceId">The request's own number.</param>
    public string Document(Guid correlation, DateTimeOffset now, Guid traceId)
    {
        var time = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return EntraJson.Write(new JsonObject
        {
            ["error"] = Name,
            ["error_description"] = $"{Description}\r\nTrace ID: {traceId}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}",
            ["error_codes"] = new JsonArray(Code),
            ["timestamp"] = time,
            ["trace_id"] = traceId.ToString(),
            ["correlation_id"] = correlation.ToString(),
            ["error_uri"] = string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/error?code={Code}"),
        });
    }
}

/// <summary>JSON as Entra writes it.</summary>
internal static class EntraJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a document, with no more escapes than JSON needs.</summary>
    public static string Write(JsonObject document) => document.ToJsonString(Options);
}
