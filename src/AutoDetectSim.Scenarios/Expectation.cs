using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What must be true of a number of detections.</summary>
public sealed record Expectation
{
    /// <summary>The address to detect.</summary>
    [StringSyntax(ScalarSyntax.Email)]
    public required string Detect { get; init; }

    /// <summary>How many detections are made.</summary>
    [Range(1, 1_000_000)]
    public int Attempts { get; init; } = 1;

    /// <summary>Share of detections with services or protocols, 0 to 1.</summary>
    [FilledIn("not checked")]
    [Range(0.0, 1.0)]
    public double? SuccessRate { get; init; }

    /// <summary>How often each X-AutoDv2-Error value comes; empty: none may come.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.ErrorCode)]
    public IReadOnlyDictionary<string, int>? Errors { get; init; }

    /// <summary>How often each HTTP status of AutoDetect comes.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.HttpStatus)]
    public IReadOnlyDictionary<string, int>? Status { get; init; }

    /// <summary>How often each account is found: a service such as <c>office365</c>, or a protocol with its server such as <c>imap://imap.contoso.com:993</c>.</summary>
    [FilledIn("not checked")]
    public IReadOnlyDictionary<string, int>? Found { get; init; }

    /// <summary>Headers that every answer has; <c>*</c> in a value stands for any text, and an empty value for a header that no answer has.</summary>
    [FilledIn("not checked")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The query of the call.</summary>
    [FilledIn("`services` and `protocols` as a phone asks for them")]
    public string? Query { get; init; }

    /// <summary>How often each outcome comes on the phone.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.Outcome)]
    public IReadOnlyDictionary<string, int>? Outcome { get; init; }

    /// <summary>How often each result comes when Exchange Online provisions the cached mailbox, in as many attempts.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.Provisioning)]
    public IReadOnlyDictionary<string, int>? Provisioning { get; init; }

    /// <summary>How Outlook on the desktop comes to the settings of the account.</summary>
    [FilledIn("not checked")]
    public DesktopSetup? OutlookDesktop { get; init; }

    /// <summary>Whether each kind of client, in daily use, accepts what is presented at `autodiscover.` of the address's domain.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.ClientProfile)]
    public IReadOnlyDictionary<string, ClientPasses>? Clients { get; init; }
}

/// <summary>On how many of a host's nodes a client gets past the certificates.</summary>
public enum ClientPasses
{
    /// <summary>On all.</summary>
    Always,

    /// <summary>On some.</summary>
    Sometimes,

    /// <summary>On none.</summary>
    Never,
}
