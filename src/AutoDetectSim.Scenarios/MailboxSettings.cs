using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>Settings of one mailbox that differ from the organization's.</summary>
public sealed record MailboxSettings
{
    /// <summary>Location of the mailbox.</summary>
    [FilledIn("where the organization's mailboxes are")]
    public MailboxLocation? Location { get; init; }

    /// <summary>Where Exchange Online believes the mailbox is, rightly or wrongly.</summary>
    public CloudView CloudView { get; init; } = CloudView.Correct;

    /// <summary>The authentication that ActiveSync offers to, and accepts from, a caller that names the mailbox in X-User-Identity.</summary>
    [FilledIn("the node's")]
    public AuthenticationMode? Auth { get; init; }

    /// <summary>The password.</summary>
    [FilledIn("the organization's")]
    public string? Password { get; init; }

    /// <summary>Devices that still use an old password: each sends it to ActiveSync ten times before the lab starts, then once a minute.</summary>
    [Range(0, 100)]
    public int StaleDevices { get; init; }

    /// <summary>The display name.</summary>
    [FilledIn("the part of the address before the @")]
    public string? DisplayName { get; init; }

    /// <summary>The node that hosts the mailbox.</summary>
    [FilledIn("the node that receives the request")]
    [StringSyntax(ScalarSyntax.NodeReference)]
    public string? Server { get; init; }

    /// <summary>The address to which autodiscover.xml and autodiscover.svc redirect the client (redirectAddr).</summary>
    [FilledIn("for a mailbox in the cloud, its address at the tenant's mail.onmicrosoft.com domain")]
    [StringSyntax(ScalarSyntax.Email)]
    public string? RedirectAddress { get; init; }

    /// <summary>The URL to which autodiscover.xml and autodiscover.svc redirect the client.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    public string? RedirectUrl { get; init; }

    /// <summary>How ActiveSync responds after the mailbox has authenticated.</summary>
    public ActiveSyncAccess ActiveSync { get; init; } = ActiveSyncAccess.Allowed;

    /// <summary>X-MS-Location of <see cref="ActiveSyncAccess.Moved"/>.</summary>
    [FilledIn("the ActiveSync URL of Exchange Online")]
    [StringSyntax(ScalarSyntax.Url)]
    public string? ActiveSyncLocation { get; init; }
}

/// <summary>Where a mailbox is.</summary>
public enum MailboxLocation
{
    /// <summary>On the organization's servers.</summary>
    OnPremises,

    /// <summary>In Exchange Online.</summary>
    Cloud,
}

/// <summary>Where Exchange Online believes a mailbox is.</summary>
public enum CloudView
{
    /// <summary>At its real location.</summary>
    Correct,

    /// <summary>On-premises, so it redirects there.</summary>
    OnPremises,

    /// <summary>In the cloud, so it returns its own URLs.</summary>
    Cloud,

    /// <summary>Nowhere, so it redirects to itself.</summary>
    Unknown,
}
