using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>One fake Exchange organization.</summary>
[Shorthand(nameof(Domains))]
public sealed record OrganizationDefinition
{
    /// <summary>The name that other parts of the scenario use.</summary>
    public required string Name { get; init; }

    /// <summary>SMTP domains of the organization.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>What ActiveSync offers an anonymous caller.</summary>
    public AuthenticationMode Auth { get; init; } = AuthenticationMode.HybridModern;

    /// <summary>ExternalUrl of the ActiveSync virtual directory; empty: not set, so that AutoDiscover names no URL.</summary>
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
    [FilledIn("every address of the domains has a mailbox")]
    [StringSyntax(ScalarSyntax.Email)]
    public IReadOnlyList<string> Mailboxes { get; init; } = [];

    /// <summary>Where mailboxes are unless their settings say otherwise.</summary>
    public MailboxLocation Location { get; init; } = MailboxLocation.OnPremises;

    /// <summary>What differs for single mailboxes, by SMTP address; an address that stands here has a mailbox.</summary>
    [KeySyntax(ScalarSyntax.Email)]
    public IReadOnlyDictionary<string, MailboxSettings> MailboxSettings { get; init; } =
        new Dictionary<string, MailboxSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The password of the mailboxes.</summary>
    [FilledIn("any will do")]
    public string? Password { get; init; }

    /// <summary>When wrong passwords lock an account.</summary>
    [FilledIn("never")]
    public LockoutDefinition? Lockout { get; init; }

    /// <summary>
    /// Whether Windows authentication looks at channel bindings (extended protection): EWS and the address book then take none
    /// but the right one, and MAPI and RPC demand it. AutoDiscover looks at none.
    /// </summary>
    [FilledIn("true from 2019 CU14 on")]
    public bool? ExtendedProtection { get; init; }

    /// <summary>Whether the tokens of the cloud are accepted.</summary>
    public OAuthState OAuth { get; init; } = OAuthState.Working;

    /// <summary>
    /// Whether the Windows of the servers gets new roots. Without (DisableRootAutoUpdate) they do not know the root that Microsoft's
    /// services have moved to, cannot fetch Entra's metadata, and refuse every token.
    /// </summary>
    public bool RootUpdates { get; init; } = true;

    /// <summary>Whether ActiveSync answers OPTIONS without credentials.</summary>
    public bool AnonymousOptions { get; init; }

    /// <summary>ActiveSync device access rules; the first that fits counts, and no rule allows.</summary>
    public IReadOnlyList<DeviceRuleDefinition> DeviceRules { get; init; } = [];

    /// <summary>User-Agent values, or parts of them, whose requests IIS refuses with 403.</summary>
    public IReadOnlyList<string> BlockedUserAgents { get; init; } = [];

    /// <summary>A URL Rewrite rule that aborts requests.</summary>
    public UrlRewriteRule UrlRewrite { get; init; } = UrlRewriteRule.None;

    /// <summary>Whether the servers answer AutoDiscover V2.</summary>
    public AutoDiscoverV2Support AutoDiscoverV2 { get; init; } = AutoDiscoverV2Support.ByBuild;

    /// <summary>In what form the servers write the answers of autodiscover.xml.</summary>
    public AutoDiscoverXmlForm AutoDiscoverXml { get; init; } = AutoDiscoverXmlForm.Standard;

    /// <summary>The Entra tenant that a hybrid organization trusts.</summary>
    [FilledIn("drawn from the seed")]
    public Guid? TenantId { get; init; }

    /// <summary>The build that the servers claim, for example <c>15.2.1748.10</c>.</summary>
    [StringSyntax(ScalarSyntax.Build)]
    public string Build { get; init; } = "15.2.1748.10";

    /// <summary>Folder of WireMock mapping files that add to or replace what the servers answer, relative to the scenario.</summary>
    [StringSyntax(ScalarSyntax.Path)]
    public string? Mappings { get; init; }
}

/// <summary>When wrong passwords lock an account, and for how long.</summary>
[Shorthand(nameof(Threshold))]
public sealed record LockoutDefinition
{
    /// <summary>How many wrong passwords it takes.</summary>
    [Range(1, 999)]
    public int Threshold { get; init; } = 10;

    /// <summary>How long after the last wrong password the count begins anew.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the account stays locked; 0: until somebody unlocks it.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>What the ActiveSync virtual directory offers an anonymous caller.</summary>
public enum AuthenticationMode
{
    /// <summary>Basic, and Bearer with an authorization_uri to a caller that sent an empty Bearer ([HMADOC]).</summary>
    HybridModern,

    /// <summary>Basic alone.</summary>
    Basic,

    /// <summary>Basic, and Bearer that names no authorization_uri: EvoSts is not the default authorization endpoint.</summary>
    NoAuthorizationUri,

    /// <summary>Basic, and Bearer of AD FS for a caller that names its mailbox ([EASOAUTH]); from 2019 CU13 on.</summary>
    Adfs,

    /// <summary>Bearer and Basic in every challenge, as a gateway does that imitates Exchange ([RUSTEAS]).</summary>
    Gateway,

    /// <summary>Basic, and Bearer without an authorization_uri ([EASOAUTH]).</summary>
    ModernOff,
}

/// <summary>Whether OAuth between an organization and the cloud works, whatever ActiveSync offers.</summary>
public enum OAuthState
{
    /// <summary>It does.</summary>
    Working,

    /// <summary>The servers' Auth Certificate has expired or is gone: they refuse every token.</summary>
    AuthCertificateExpired,

    /// <summary>The servers have not refreshed Entra's signing keys: they refuse every token.</summary>
    SigningKeysStale,

    /// <summary>The address of ActiveSync is no service principal name in Entra (AADSTS500011): no token is issued for it.</summary>
    ServicePrincipalMissing,
}
