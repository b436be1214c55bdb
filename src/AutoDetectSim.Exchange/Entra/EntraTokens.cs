using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Protocols.Randomness;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>The tokens for someone who has signed in: an access token that the lab's Exchange takes, an ID token and a refresh token.</summary>
internal sealed class EntraTokens(AccessTokens tokens, EntraGrants grants, int seed, TimeProvider time)
{
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(90);

    /// <summary>The answer of the token endpoint (RFC 6749 5.1).</summary>
    /// <param name="user">Who has signed in.</param>
    /// <param name="clientId">The application.</param>
    /// <param name="scope">What it asked for.</param>
    /// <param name="nonce">The nonce that the ID token repeats, or null.</param>
    /// <param name="wantsClientInfo">Whether the application is one of Microsoft's libraries, which want to know the account.</param>
    public JsonObject Answer(EntraUser user, string clientId, EntraScope scope, string? nonce, bool wantsClientInfo)
    {
        var seconds = (int)AccessTokens.Lifetime.TotalSeconds;
        var document = new JsonObject { ["token_type"] = "Bearer", ["scope"] = scope.Granted };
        if (scope.IsVersion2)
        {
            document["expires_in"] = seconds;
            document["ext_expires_in"] = seconds;
        }
        else
        {
            // The first version writes its numbers as texts.
            var now = time.GetUtcNow();
            document["expires_in"] = Text(seconds);
            document["ext_expires_in"] = Text(seconds);
            document["expires_on"] = Text(now.ToUnixTimeSeconds() + seconds);
            document["not_before"] = Text(now.ToUnixTimeSeconds());
            document["resource"] = scope.Resource;
        }

        document["access_token"] = AccessToken(user, clientId, scope);
        if (scope.WantsRefreshToken)
        {
            document["refresh_token"] = grants.Add(new EntraGrant(EntraGrantKind.RefreshToken, clientId, scope) { User = user, Nonce = nonce }, RefreshLifetime);
            document["foci"] = "1";
        }

        if (scope.WantsIdToken)
        {
            document["id_token"] = IdToken(user, clientId, scope, nonce);
        }

        if (wantsClientInfo)
        {
            document["client_info"] = Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(EntraJson.Write(new JsonObject
            {
                ["uid"] = ObjectId(user),
                ["utid"] = user.Organization.TenantId.ToString(),
            })));
        }

        return document;
    }

    // The claims of [HMAIMG], as far as a server or a person reads them; Exchange finds the mailbox by smtp.
    private string AccessToken(EntraUser user, string clientId, EntraScope scope)
    {
        var claims = Claims(user, clientId);
        claims["acr"] = "1";
        claims["amr"] = new[] { "pwd" };
        claims["appid"] = clientId;
        claims["appidacr"] = "0";
        claims["scp"] = scope.Permissions;
        claims["unique_name"] = user.Address.Text;
        claims["upn"] = user.Address.Text;
        claims[AccessTokens.MailboxClaim] = user.Address.Text;
        claims["ver"] = "1.0";
        return tokens.Sign(AccessTokens.IssuerOf(user.Organization), scope.Resource, claims);
    }

    private string IdToken(EntraUser user, string clientId, EntraScope scope, string? nonce)
    {
        var claims = Claims(user, clientId);
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        if (!scope.IsVersion2)
        {
            claims["unique_name"] = user.Address.Text;
            claims["upn"] = user.Address.Text;
            claims["ver"] = "1.0";
            return tokens.Sign(AccessTokens.IssuerOf(user.Organization), clientId, claims);
        }

        claims["preferred_username"] = user.Address.Text;
        claims["ver"] = "2.0";
        return tokens.Sign($"{EntraDocuments.Authority}/{user.Organization.TenantId}/v2.0", clientId, claims);
    }

    private Dictionary<string, object> Claims(EntraUser user, string clientId) => new(StringComparer.Ordinal)
    {
        ["name"] = user.Organization.DisplayNameOf(user.Address),
        ["oid"] = ObjectId(user),
        ["sub"] = new Seed(seed).GuidOf("entra subject", $"{user.Address.Text.ToUpperInvariant()} {clientId}").ToString("N"),
        [AccessTokens.TenantClaim] = user.Organization.TenantId.ToString(),
    };

    private string ObjectId(EntraUser user) => new Seed(seed).GuidOf("entra user", user.Address.Text.ToUpperInvariant()).ToString();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
