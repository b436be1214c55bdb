using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What differs for one mailbox.</summary>
public sealed record MailboxSettings
{
    /// <summary>Where the mailbox is.</summary>
    [FilledIn("where the organization's mailboxes are")]
    public MailboxLocation? Location { get; init; }

    /// <summary>Where Exchange Online believes the mailbox to be, right or wrong.</summary>
    public CloudView CloudView { get; init; } = CloudView.Correct;

    /// <summary>What ActiveSync offers to a caller that names the mailbox in X-User-Identity, and accepts from it.</summary>
    [FilledIn("the node's")]
    public AuthenticationMode? Auth { get; init; }

    /// <summary>The password.</summary>
    [FilledIn("the organization's")]
    public string? Password { get; init; }

    /// <summary>Devices that hold a former password and ask ActiveSync with it, ten times before the lab is met and once a minute from then on.</summary>
    [Range(0, 100)]
    public int StaleDevices { get; init; }

    /// <summary>The display name.</summary>
    [FilledIn("the address up to the @")]
    public string? DisplayName { get; init; }

    /// <summary>The node that holds the mailbox.</summary>
    [FilledIn("the node that is asked")]
    [StringSyntax(ScalarSyntax.NodeReference)]
    public string? Server { get; init; }

    /// <summary>The address that autodiscover.xml and autodiscover.svc tell the client to start again with.</summary>
    [FilledIn("for a mailbox in the cloud, its address at the tenant's mail.onmicrosoft.com domain")]
    [StringSyntax(ScalarSyntax.Email)]
    public string? RedirectAddress { get; init; }

    /// <summary>The URL that autodiscover.xml and autodiscover.svc send the client to.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    public string? RedirectUrl { get; init; }

    /// <summary>What ActiveSync says once the mailbox has logged on.</summary>
    public ActiveSyncAccess ActiveSync { get; init; } = ActiveSyncAccess.Allowed;

    /// <summary>X-MS-Location of <see cref="ActiveSyncAccess.Moved"/>.</summary>
    [FilledIn("the ActiveSync URL of Exchange Online")]
    [StringSyntax(ScalarSyntax.Url)]
    public string? ActiveSyncLocation { get; init; }
}

/// <summary>Where a mailbox is.</summary>
public enum MailboxLocation
{
    /// <summary>On the servers of the organization.</summary>
    OnPremises,

    /// <summary>In Exchange Online.</summary>
    Cloud,
}

/// <summary>Where Exchange Online believes a mailbox to be.</summary>
public enum CloudView
{
    /// <summary>Where it is.</summary>
    Correct,

    /// <summary>On-premises, and so it redirects there.</summary>
    OnPremises,

    /// <summary>In the cloud, and so it gives its own URLs.</summary>
    Cloud,

    /// <summary>Nowhere, and so it redirects to itself.</summary>
    Unknown,
}
