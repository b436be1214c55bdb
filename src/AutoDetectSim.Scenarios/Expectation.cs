using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>The required results of a number of detections.</summary>
public sealed record Expectation
{
    /// <summary>The address to detect.</summary>
    [StringSyntax(ScalarSyntax.Email)]
    public required string Detect { get; init; }

    /// <summary>Number of detections.</summary>
    [Range(1, 1_000_000)]
    public int Attempts { get; init; } = 1;

    /// <summary>Share of detections that return services or protocols, 0 to 1.</summary>
    [FilledIn("not checked")]
    [Range(0.0, 1.0)]
    public double? SuccessRate { get; init; }

    /// <summary>How often each X-AutoDv2-Error value occurs; empty: none may occur.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.ErrorCode)]
    public IReadOnlyDictionary<string, int>? Errors { get; init; }

    /// <summary>How often AutoDetect returns each HTTP status.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.HttpStatus)]
    public IReadOnlyDictionary<string, int>? Status { get; init; }

    /// <summary>How often each account is found: a service such as <c>office365</c>, or a protocol with its server such as <c>imap://imap.contoso.com:993</c>.</summary>
    [FilledIn("not checked")]
    public IReadOnlyDictionary<string, int>? Found { get; init; }

    /// <summary>Headers that every response has; <c>*</c> in a value matches any text, and an empty value means that no response has the header.</summary>
    [FilledIn("not checked")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The query string of the call.</summary>
    [FilledIn("`services` and `protocols` as a phone asks for them")]
    public string? Query { get; init; }

    /// <summary>How often each outcome occurs on the phone.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.Outcome)]
    public IReadOnlyDictionary<string, int>? Outcome { get; init; }

    /// <summary>How often each result occurs when Exchange Online provisions the cached mailbox in the same number of attempts.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.Provisioning)]
    public IReadOnlyDictionary<string, int>? Provisioning { get; init; }

    /// <summary>How Outlook on the desktop obtains the account settings.</summary>
    [FilledIn("not checked")]
    public DesktopSetup? OutlookDesktop { get; init; }

    /// <summary>Whether each kind of client accepts, in daily use, the certificates served at `autodiscover.` of the address's domain.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.ClientProfile)]
    public IReadOnlyDictionary<string, ClientPasses>? Clients { get; init; }

    /// <summary>Whether each mail server, such as `imap://mail.contoso.com:993`, presents certificates that a strict client accepts. At ports that begin without TLS the client asks for STARTTLS.</summary>
    [FilledIn("not checked")]
    [KeySyntax(ScalarSyntax.MailServer)]
    public IReadOnlyDictionary<string, ClientPasses>? MailServers { get; init; }

    /// <summary>Whether each connector's partner accepts the client certificates of the nodes.</summary>
    [FilledIn("not checked")]
    public IReadOnlyDictionary<string, ClientPasses>? Connectors { get; init; }
}

/// <summary>On how many of a host's nodes a client accepts the certificates.</summary>
public enum ClientPasses
{
    /// <summary>On all.</summary>
    Always,

    /// <summary>On some.</summary>
    Sometimes,

    /// <summary>On none.</summary>
    Never,
}
