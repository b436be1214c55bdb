using System.Net;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>Outlook on the desktop: its own AutoDiscover, then AutoDetect, then GuessSmart. Every account is added on a new computer.</summary>
internal sealed class OutlookDesktop(
    AutoDetectService autoDetect, ILabHttpClient http, ILabDnsResolver dns, Func<DesktopTrust> newComputer, MailboxCredentials credentials, Func<Scenario> scenario, int seed, TimeProvider time)
{
    private const int FewestServers = 2;

    private static readonly DetectionParameters Parameters = DetectionParameters.Parse("?app=" + DetectionParameters.OutlookDesktopBasic);

    // A household somewhere (TEST-NET-2, RFC 5737). The session numbers are far from those of AutoDetect's own callers.
    private static readonly IPAddress Address = IPAddress.Parse("198.51.100.23");
    private readonly SeededStream _random = new Seed(seed).Stream("Outlook on the desktop");
    private long _lastSession = 1L << 48;

    /// <summary>Adds an account.</summary>
    public async Task<DesktopSetupResult> AddAccountAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        var caller = new Caller(Address, Interlocked.Increment(ref _lastSession), CallerKind.OutlookDesktop);
        var trust = newComputer();
        var autoDiscover = new DesktopAutoDiscover(http, dns, trust, NewLogon, scenario().OutlookDesktop.ClimbsAboveDomain);
        if (await autoDiscover.FindAsync(email, caller, cancellationToken) is { } found)
        {
            return new DesktopSetupResult { Setup = found.Setup, AutoDiscoverHost = found.Host };
        }

        var detection = await autoDetect.DetectAsync(new DetectionRequest { Email = email, Parameters = Parameters }, cancellationToken);
        if (detection.Succeeded)
        {
            return new DesktopSetupResult { Setup = DesktopSetup.AutoDetect, Detection = detection };
        }

        var guesses = await new GuessSmart(http, dns, trust).GuessAsync(email.Domain, caller, cancellationToken);
        return new DesktopSetupResult
        {
            Setup = guesses.Count(guess => guess.Answers) >= FewestServers ? DesktopSetup.GuessSmart : DesktopSetup.AskUser,
            Detection = detection,
            Guesses = guesses,
        };
    }

    private DesktopLogon NewLogon(EmailAddress email) => new(email, credentials, _random, time);
}

/// <summary>How an account came to its settings.</summary>
internal sealed record DesktopSetupResult
{
    public required DesktopSetup Setup { get; init; }

    /// <summary>The host at which AutoDiscover ended, well or not, or null.</summary>
    public string? AutoDiscoverHost { get; init; }

    /// <summary>What AutoDetect said; null when it was not asked.</summary>
    public Detection? Detection { get; init; }

    /// <summary>Every server that was tried; empty when AutoDetect had an answer.</summary>
    public IReadOnlyList<MailServerGuess> Guesses { get; init; } = [];
}
