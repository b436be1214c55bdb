using System.Net;
using System.Text;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients;

/// <summary>
/// Devices in drawers that still hold the password of last year, and ask ActiveSync with it as long as their batteries last
/// ([LOCKKB]).
/// </summary>
internal sealed class StaleDevices(Func<Scenario> scenario, ILabHttpClient http, TimeProvider time) : IAsyncDisposable
{
    private const int TriesBefore = 10;

    // The session numbers are far from those of all other callers.
    private const long FirstSession = 1L << 50;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // A household somewhere (TEST-NET-2, RFC 5737).
    private static readonly IPAddress Address = IPAddress.Parse("198.51.100.31");

    private readonly CancellationTokenSource _stopping = new();
    private Task? _trying;
    private long _tries;

    /// <summary>Makes the attempts of the time before the lab starts.</summary>
    public async Task TryBeforeAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < TriesBefore; round++)
        {
            await TryAsync(cancellationToken);
        }
    }

    /// <summary>Goes on with one try of each device a minute, from when the scenario first has one. Not thread-safe.</summary>
    public void StartIfAny()
    {
        if (_trying is null && scenario().Organizations.Any(organization => organization.MailboxSettings.Values.Any(settings => settings.StaleDevices > 0)))
        {
            _trying = GoOnAsync(_stopping.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_trying is { } trying)
        {
            await trying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stopping.Dispose();
    }

    private async Task GoOnAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await TryAsync(cancellationToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        foreach (var organization in scenario().Organizations)
        {
            foreach (var (text, settings) in organization.MailboxSettings)
            {
                for (var device = 0; device < settings.StaleDevices; device++)
                {
                    if (EmailAddress.TryParse(text, out var email))
                    {
                        await AskAsync(email, ActiveSyncOf(organization), settings.Password ?? organization.Password, cancellationToken);
                    }
                }
            }
        }
    }

    private async Task AskAsync(EmailAddress email, string activeSync, string? password, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(activeSync, UriKind.Absolute, out var url))
        {
            return;
        }

        // Last year's password had one character less.
        var former = password is { Length: > 1 } ? password[..^1] : "former";
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email.Text}:{former}"));
        var request = new LabHttpRequest
        {
            Method = "OPTIONS",
            Uri = url,
            Headers = [new("Authorization", "Basic " + credentials), new("User-Agent", "Android-Mail/7.0"), new("Content-Length", "0")],
        };
        await http.SendAsync(request, new Caller(Address, FirstSession + Interlocked.Increment(ref _tries), CallerKind.ForgottenDevice), cancellationToken);
    }

    private static string ActiveSyncOf(OrganizationDefinition organization) => organization.ActiveSyncUrl ?? $"https://mail.{organization.Domains[0]}{ExchangePaths.ActiveSync}";
}
