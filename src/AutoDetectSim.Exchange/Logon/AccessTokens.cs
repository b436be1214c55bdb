using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>
/// The tokens with which Exchange Online reaches an on-premises mailbox for its owner (AT2 of [HMADOC]): JWTs that the lab's
/// login endpoint would sign, for one audience and one mailbox.
/// </summary>
internal sealed class AccessTokens(EntraKeys keys, TimeProvider time)
{
    /// <summary>How long a token is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The claim that names the mailbox.</summary>
    public const string MailboxClaim = "smtp";

    /// <summary>The claim that names the tenant.</summary>
    public const string TenantClaim = "tid";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Issues a token for a mailbox of a hybrid organization.</summary>
    /// <param name="organization">The organization whose tenant signs.</param>
    /// <param name="mailbox">The SMTP address.</param>
    /// <param name="audience">The address of the service, for example <c>https://mail.contoso.com/</c>.</param>
    public string Issue(Organization organization, string mailbox, string audience) => Sign(
        IssuerOf(organization),
        audience,
        new Dictionary<string, object>(StringComparer.Ordinal) { [TenantClaim] = organization.TenantId.ToString(), [MailboxClaim] = mailbox });

    /// <summary>Signs a token that is valid from now on.</summary>
    /// <param name="issuer">Who issues it.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="claims">What else it says.</param>
    public string Sign(string issuer, string audience, IDictionary<string, object> claims)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>The issuer of access tokens of a tenant.</summary>
    public static string IssuerOf(Organization organization) => $"https://sts.windows.net/{organization.TenantId}/";

    /// <summary>Judges a token: what is wrong with it, and otherwise whose it is. Nothing in the text makes it throw.</summary>
    /// <param name="token">The text after <c>Bearer</c>.</param>
    /// <param name="organization">The organization that is asked.</param>
    /// <param name="address">The address that the server takes itself for, for example <c>https://mail.contoso.com</c>.</param>
    /// <param name="known">The keys that the server takes for those of the login endpoint.</param>
    public async Task<AccessTokenVerdict> JudgeAsync(string token, Organization organization, string address, IReadOnlyList<SecurityKey> known)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = known,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidIssuer = IssuerOf(organization),
            ValidateAudience = false,
            LifetimeValidator = (from, until, _, _) => IsCurrent(from, until),
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read || !EmailAddress.TryParse(Claim(read, MailboxClaim), out var mailbox))
        {
            return new AccessTokenVerdict(result.Exception is SecurityTokenInvalidSignatureException ? AccessTokenResult.InvalidSignature : AccessTokenResult.Invalid, null);
        }

        return read.Audiences.Any(audience => string.Equals(audience.TrimEnd('/'), address, StringComparison.OrdinalIgnoreCase))
            ? new AccessTokenVerdict(AccessTokenResult.Valid, mailbox)
            : new AccessTokenVerdict(AccessTokenResult.OtherAudience, mailbox);
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetClaim(name, out var claim) ? claim.Value : null;

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return from <= now && now < until;
    }
}

/// <summary>What is wrong with an access token.</summary>
internal enum AccessTokenResult
{
    Valid,
    OtherAudience,

    /// <summary>No key that the server knows has signed it.</summary>
    InvalidSignature,
    Invalid,
}

/// <summary>The judgement of one access token.</summary>
/// <param name="Result">What is wrong with it.</param>
/// <param name="Mailbox">Whose token it is; null when it is invalid.</param>
internal sealed record AccessTokenVerdict(AccessTokenResult Result, EmailAddress? Mailbox);
