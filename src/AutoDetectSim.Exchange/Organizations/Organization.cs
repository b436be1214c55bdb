using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Organizations;

/// <summary>An organization of the scenario with every default filled in.</summary>
internal sealed class Organization
{
    private readonly OrganizationDefinition _definition;
    private readonly HashSet<string> _domains;
    private readonly HashSet<string> _mailboxes;
    private readonly Dictionary<string, MailboxSettings> _settings;

    public Organization(OrganizationDefinition definition, int seed)
    {
        _definition = definition;
        _domains = new HashSet<string>(definition.Domains, StringComparer.OrdinalIgnoreCase);
        _mailboxes = new HashSet<string>(definition.Mailboxes.Concat(definition.MailboxSettings.Keys), StringComparer.OrdinalIgnoreCase);
        _settings = new Dictionary<string, MailboxSettings>(definition.MailboxSettings, StringComparer.OrdinalIgnoreCase);
        PrimaryDomain = definition.Domains[0];
        InternalDomain = definition.InternalDomain ?? PrimaryDomain;
        ActiveSyncUrl = definition.ActiveSyncUrl ?? $"https://mail.{PrimaryDomain}{ExchangePaths.ActiveSync}";
        EwsUrl = definition.EwsUrl ?? $"https://mail.{PrimaryDomain}/EWS/Exchange.asmx";
        TenantId = definition.TenantId ?? new Seed(seed).GuidOf("tenant", definition.Name);
    }

    /// <summary>The name in the scenario.</summary>
    public string Name => _definition.Name;

    /// <summary>The settings as written.</summary>
    public OrganizationDefinition Definition => _definition;

    /// <summary>The first SMTP domain.</summary>
    public string PrimaryDomain { get; }

    /// <summary>The Active Directory domain of the servers.</summary>
    public string InternalDomain { get; }

    /// <summary>ExternalUrl of ActiveSync; empty when not set.</summary>
    public string ActiveSyncUrl { get; }

    /// <summary>ExternalUrl of EWS; empty when not set.</summary>
    public string EwsUrl { get; }

    /// <summary>Where AutoDiscover answers, as Exchange Online redirects to it ([HMADOC]).</summary>
    public string AutoDiscoverHost => $"autodiscover.{PrimaryDomain}";

    /// <summary>The tenant that the organization trusts.</summary>
    public Guid TenantId { get; }

    /// <summary>The tenant's first domain.</summary>
    public string TenantDomain => $"{PrimaryDomain.Split('.')[0]}.onmicrosoft.com";

    /// <summary>The domain by which mail for mailboxes in the cloud is routed.</summary>
    public string MailRoutingDomain => $"{PrimaryDomain.Split('.')[0]}.mail.onmicrosoft.com";

    /// <summary>Whether Exchange Online knows the organization: all that were ever made hybrid.</summary>
    public bool IsHybrid => _definition.Auth is AuthenticationMode.HybridModern or AuthenticationMode.ModernOff or AuthenticationMode.NoAuthorizationUri;

    /// <summary>Whether the organization has a tenant that its users sign in to: all but those that use Basic alone and name none.</summary>
    public bool HasTenant =>
        _definition.Auth != AuthenticationMode.Basic || _definition.TenantId is not null || _settings.Values.Any(settings => settings.Auth is not (null or AuthenticationMode.Basic));

    /// <summary>Whether the address is of a domain of the organization.</summary>
    public bool Owns(EmailAddress address) => _domains.Contains(address.Domain);

    /// <summary>Whether the address has a mailbox, here or in the cloud.</summary>
    public bool HasMailbox(EmailAddress address) =>
        Owns(address) && (_definition.Mailboxes.Count == 0 || _mailboxes.Contains(address.Text));

    /// <summary>The mailbox of a user name: an SMTP address, an alias, or <c>DOMAIN\alias</c>; null when there is none.</summary>
    public EmailAddress? MailboxOf(string userName)
    {
        var name = userName[(userName.IndexOf('\\', StringComparison.Ordinal) + 1)..];
        return EmailAddress.TryParse(name.Contains('@', StringComparison.Ordinal) ? name : $"{name}@{PrimaryDomain}", out var address) && HasMailbox(address) ? address : null;
    }

    /// <summary>The settings of one mailbox, or all defaults.</summary>
    public MailboxSettings Settings(EmailAddress address) => _settings.GetValueOrDefault(address.Text) ?? NoSettings;

    /// <summary>Where the mailbox of an address is.</summary>
    public MailboxLocation LocationOf(EmailAddress address) => Settings(address).Location ?? _definition.Location;

    /// <summary>The password of a mailbox, or null when any will do.</summary>
    public string? PasswordOf(EmailAddress address) => Settings(address).Password ?? _definition.Password;

    /// <summary>The display name of a mailbox.</summary>
    public string DisplayNameOf(EmailAddress address) => Settings(address).DisplayName ?? address.LocalPart;

    /// <summary>Where the older AutoDiscover interfaces send a mailbox that is elsewhere: its address in the tenant, or null.</summary>
    public string? RedirectAddressOf(EmailAddress address) =>
        Settings(address).RedirectAddress
        ?? (LocationOf(address) == MailboxLocation.Cloud ? $"{address.LocalPart}@{MailRoutingDomain}" : null);

    private static readonly MailboxSettings NoSettings = new();
}
