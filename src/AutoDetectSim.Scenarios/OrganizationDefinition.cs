using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>A simulated Exchange organization.</summary>
[Shorthand(nameof(Domains))]
public sealed record OrganizationDefinition
{
    /// <summary>The name that other parts of the scenario use.</summary>
    public required string Name { get; init; }

    /// <summary>SMTP domains of the organization.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>The authentication that ActiveSync offers an anonymous caller.</summary>
    public AuthenticationMode Auth { get; init; } = AuthenticationMode.HybridModern;

    /// <summary>ExternalUrl of the ActiveSync virtual directory; empty: not set, and AutoDiscover returns no URL.</summary>
    [FilledIn("`https://mail.DOMAIN/Microsoft-Server-ActiveSync`")]
    [StringSyntax(ScalarSyntax.Url)]
    public string? ActiveSyncUrl { get; init; }

    /// <summary>ExternalUrl of the EWS virtual directory; empty: not set.</summary>
    [FilledIn("`https://mail.DOMAIN/EWS/Exchange.asmx`")]
    [StringSyntax(ScalarSyntax.Url)]
    public string? EwsUrl { get; init; }

    /// <summary>The Active Directory domain of the servers, for their FQDNs.</summary>
    [FilledIn("the first of the domains")]
    [StringSyntax(ScalarSyntax.HostName)]
    public string? InternalDomain { get; init; }

    /// <summary>SMTP addresses of the mailboxes.</summary>
    [FilledIn("every address in the domains has a mailbox")]
    [StringSyntax(ScalarSyntax.Email)]
    public IReadOnlyList<string> Mailboxes { get; init; } = [];

    /// <summary>Location of mailboxes that have no setting for it.</summary>
    public MailboxLocation Location { get; init; } = MailboxLocation.OnPremises;

    /// <summary>Settings of individual mailboxes, by SMTP address; every address listed here has a mailbox.</summary>
    [KeySyntax(ScalarSyntax.Email)]
    public IReadOnlyDictionary<string, MailboxSettings> MailboxSettings { get; init; } =
        new Dictionary<string, MailboxSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The password of the mailboxes.</summary>
    [FilledIn("any password is accepted")]
    public string? Password { get; init; }

    /// <summary>When wrong passwords lock an account.</summary>
    [FilledIn("never")]
    public LockoutDefinition? Lockout { get; init; }

    /// <summary>
    /// Whether Windows authentication checks channel bindings (extended protection): EWS and the address book then reject wrong
    /// ones, and MAPI and RPC require the right one. AutoDiscover ignores them.
    /// </summary>
    [FilledIn("true from 2019 CU14 on")]
    public bool? ExtendedProtection { get; init; }

    /// <summary>Whether tokens of the cloud are accepted.</summary>
    public OAuthState OAuth { get; init; } = OAuthState.Working;

    /// <summary>
    /// Whether Windows on the servers updates its trusted roots. Without it (DisableRootAutoUpdate) they do not know the root that Microsoft's
    /// services have moved to, cannot download Entra's metadata, and reject every token.
    /// </summary>
    public bool RootUpdates { get; init; } = true;

    /// <summary>Whether ActiveSync answers OPTIONS without credentials.</summary>
    public bool AnonymousOptions { get; init; }

    /// <summary>ActiveSync device access rules; the first match applies, and without a match access is allowed.</summary>
    public IReadOnlyList<DeviceRuleDefinition> DeviceRules { get; init; } = [];

    /// <summary>User-Agent values, or parts of them, that IIS rejects with 403.</summary>
    public IReadOnlyList<string> BlockedUserAgents { get; init; } = [];

    /// <summary>A URL Rewrite rule that aborts requests.</summary>
    public UrlRewriteRule UrlRewrite { get; init; } = UrlRewriteRule.None;

    /// <summary>Whether the servers support AutoDiscover V2.</summary>
    public AutoDiscoverV2Support AutoDiscoverV2 { get; init; } = AutoDiscoverV2Support.ByBuild;

    /// <summary>The XML form of the servers' autodiscover.xml responses.</summary>
    public AutoDiscoverXmlForm AutoDiscoverXml { get; init; } = AutoDiscoverXmlForm.Standard;

    /// <summary>The Entra tenant that a hybrid organization trusts.</summary>
    [FilledIn("drawn from the seed")]
    public Guid? TenantId { get; init; }

    /// <summary>The servers' build, for example <c>15.2.1748.10</c>.</summary>
    [StringSyntax(ScalarSyntax.Build)]
    public string Build { get; init; } = "15.2.1748.10";

    /// <summary>Folder of WireMock mapping files that extend or replace the servers' responses, relative to the scenario.</summary>
    [StringSyntax(ScalarSyntax.Path)]
    public string? Mappings { get; init; }
}

/// <summary>When wrong passwords lock an account, and for how long.</summary>
[Shorthand(nameof(Threshold))]
public sealed record LockoutDefinition
{
    /// <summary>Number of wrong passwords that lock the account.</summary>
    [Range(1, 999)]
    public int Threshold { get; init; } = 10;

    /// <summary>How long after the last wrong password the count is reset.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the account stays locked; 0: until an administrator unlocks it.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>The authentication that the ActiveSync virtual directory offers an anonymous caller.</summary>
public enum AuthenticationMode
{
    /// <summary>Basic, and Bearer with an authorization_uri for a caller that sent an empty Bearer ([HMADOC]).</summary>
    HybridModern,

    /// <summary>Only Basic.</summary>
    Basic,

    /// <summary>Basic, and Bearer without authorization_uri because EvoSts is not the default authorization endpoint.</summary>
    NoAuthorizationUri,

    /// <summary>Basic, and Bearer of AD FS for a caller that names its mailbox ([EASOAUTH]); from 2019 CU13 on.</summary>
    Adfs,

    /// <summary>Bearer and Basic in every challenge, like a gateway that imitates Exchange ([RUSTEAS]).</summary>
    Gateway,

    /// <summary>Basic, and Bearer without an authorization_uri ([EASOAUTH]).</summary>
    ModernOff,
}

/// <summary>Whether OAuth between an organization and the cloud works, whatever ActiveSync offers.</summary>
public enum OAuthState
{
    /// <summary>It works.</summary>
    Working,

    /// <summary>The servers' Auth Certificate has expired or is missing: they reject every token.</summary>
    AuthCertificateExpired,

    /// <summary>The servers have not refreshed Entra's signing keys: they reject every token.</summary>
    SigningKeysStale,

    /// <summary>The ActiveSync URL is not registered as a service principal name in Entra (AADSTS500011): no token is issued for it.</summary>
    ServicePrincipalMissing,
}
