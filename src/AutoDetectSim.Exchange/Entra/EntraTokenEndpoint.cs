using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>The token endpoint and the device code endpoint: what an application gives for its tokens (RFC 6749, RFC 7636, RFC 8628).</summary>
internal sealed class EntraTokenEndpoint(EntraTenants tenants, EntraGrants grants, EntraTokens tokens)
{
    /// <summary>Where a person types the code of a device.</summary>
    public const string DevicePage = "https://login.microsoft.com/device";

    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
    private const int DeviceLifetime = 900;
    private const int DeviceInterval = 5;

    /// <summary>Answers a request for tokens.</summary>
    /// <param name="tenant">The tenant of the path.</param>
    /// <param name="isVersion2">Whether the path is of the second version.</param>
    /// <param name="parameter">Gives a parameter of the body, or null.</param>
    public (JsonObject? Answer, EntraError? Error) Redeem(EntraTenant tenant, bool isVersion2, Func<string, string?> parameter)
    {
        if (parameter("grant_type") is not { } grant)
        {
            return (null, EntraError.Missing("grant_type"));
        }

        if (parameter("client_id") is not { } client)
        {
            return (null, EntraError.Missing("client_id"));
        }

        return grant switch
        {
            "authorization_code" => RedeemCode(client, isVersion2, parameter),
            "password" => SignIn(tenant, client, isVersion2, parameter),
            "refresh_token" => Refresh(client, isVersion2, parameter),
            DeviceGrant or "device_code" => PollDevice(client, isVersion2, parameter),
            _ => (null, EntraError.UnknownGrantType(grant)),
        };
    }

    /// <summary>Answers a device that wants a person to sign in elsewhere.</summary>
    /// <param name="isVersion2">Whether the path is of the second version.</param>
    /// <param name="parameter">Gives a parameter of the request, or null.</param>
    public (JsonObject? Answer, EntraError? Error) BeginDevice(bool isVersion2, Func<string, string?> parameter)
    {
        if (parameter("client_id") is not { } client)
        {
            return (null, EntraError.Missing("client_id"));
        }

        var scope = EntraScope.Read(parameter, isVersion2);
        if (!tenants.HasPrincipal(scope.Resource))
        {
            return (null, EntraError.NoPrincipal(scope.Resource));
        }

        var code = grants.NewUserCode();
        var device = grants.Add(new EntraGrant(EntraGrantKind.DeviceCode, client, scope) { UserCode = code }, TimeSpan.FromSeconds(DeviceLifetime));
        return (new JsonObject
        {
            ["user_code"] = code,
            ["device_code"] = device,
            [isVersion2 ? "verification_uri" : "verification_url"] = DevicePage,
            ["expires_in"] = isVersion2 ? DeviceLifetime : DeviceLifetime.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["interval"] = isVersion2 ? DeviceInterval : DeviceInterval.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["message"] = $"To sign in, use a web browser to open the page {DevicePage} and enter the code {code} to authenticate.",
        }, null);
    }

    private (JsonObject? Answer, EntraError? Error) RedeemCode(string client, bool isVersion2, Func<string, string?> parameter)
    {
        if (parameter("code") is not { } code)
        {
            return (null, EntraError.Missing("code"));
        }

        if (grants.Find(code) is not { Kind: EntraGrantKind.AuthorizationCode, User: { } user } grant || grant.ClientId != client)
        {
            return (null, EntraError.OtherClient);
        }

        if (grants.IsExpired(grant))
        {
            return (null, EntraError.Expired);
        }

        if (parameter("redirect_uri") is var redirect && redirect != grant.RedirectUri)
        {
            return (null, EntraError.OtherRedirect(redirect ?? string.Empty));
        }

        if (grant.Challenge is { } challenge && !IsVerified(challenge, grant.IsHashed, parameter("code_verifier")))
        {
            return (null, EntraError.WrongVerifier);
        }

        return grants.Redeem(code) ? Give(user, client, EntraScope.Read(parameter, isVersion2, grant.Scope), grant.Nonce, parameter) : (null, EntraError.Redeemed);
    }

    private (JsonObject? Answer, EntraError? Error) SignIn(EntraTenant tenant, string client, bool isVersion2, Func<string, string?> parameter)
    {
        if (parameter("username") is not { } name)
        {
            return (null, EntraError.Missing("username"));
        }

        if (parameter("password") is not { } password)
        {
            return (null, EntraError.Missing("password"));
        }

        var (user, error) = SignIn(tenant, name, password);
        return user is null ? (null, error) : Give(user, client, EntraScope.Read(parameter, isVersion2), null, parameter);
    }

    /// <summary>Judges a password.</summary>
    public (EntraUser? User, EntraError? Error) SignIn(EntraTenant tenant, string name, string password)
    {
        if (tenants.FindUser(tenant, name.Trim()) is not { } user)
        {
            return (null, EntraError.UnknownUser(name));
        }

        var expected = user.Organization.PasswordOf(user.Address);
        return password.Length > 0 && (expected is null || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(password)))
            ? (user, null)
            : (null, EntraError.WrongPassword);
    }

    private (JsonObject? Answer, EntraError? Error) Refresh(string client, bool isVersion2, Func<string, string?> parameter)
    {
        if (parameter("refresh_token") is not { } token)
        {
            return (null, EntraError.Missing("refresh_token"));
        }

        if (grants.Find(token) is not { Kind: EntraGrantKind.RefreshToken, User: { } user } grant || grant.ClientId != client)
        {
            return (null, EntraError.OtherClient);
        }

        return grants.IsExpired(grant) ? (null, EntraError.Expired) : Give(user, client, EntraScope.Read(parameter, isVersion2, grant.Scope), grant.Nonce, parameter);
    }

    private (JsonObject? Answer, EntraError? Error) PollDevice(string client, bool isVersion2, Func<string, string?> parameter)
    {
        // The first version names it code.
        if ((parameter("device_code") ?? parameter("code")) is not { } code)
        {
            return (null, EntraError.Missing("device_code"));
        }

        if (grants.Find(code) is not { Kind: EntraGrantKind.DeviceCode } grant || grant.ClientId != client)
        {
            return (null, EntraError.UnknownDevice);
        }

        if (grants.IsExpired(grant))
        {
            return (null, EntraError.DeviceExpired);
        }

        return grant.User is not { } user ? (null, EntraError.Pending)
            : grants.Redeem(code) ? Give(user, client, EntraScope.Read(parameter, isVersion2, grant.Scope), null, parameter)
            : (null, EntraError.Redeemed);
    }

    private (JsonObject? Answer, EntraError? Error) Give(EntraUser user, string client, EntraScope scope, string? nonce, Func<string, string?> parameter) =>
        tenants.HasPrincipal(scope.Resource)
            ? (tokens.Answer(user, client, scope, nonce, parameter("client_info") is "1"), null)
            : (null, EntraError.NoPrincipal(scope.Resource));

    private static bool IsVerified(string challenge, bool isHashed, string? verifier) =>
        verifier is not null && (isHashed ? Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge : verifier == challenge);
}
