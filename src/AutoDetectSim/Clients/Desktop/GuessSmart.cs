using System.Globalization;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>
/// Outlook's last resort: common host names and ports of the domain, encrypted ones first. A server counts as found when its
/// port answers at all; a mail server's response is not HTTP, but it is a response.
/// </summary>
internal sealed class GuessSmart(ILabHttpClient http, ILabDnsResolver dns, DesktopTrust trust)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Kind[] Kinds =
    [
        new("imap", ["imap", "mail", ""], Encrypted: [993], Plain: [143]),
        new("pop3", ["pop", "pop3", "mail", ""], Encrypted: [995], Plain: [110]),
        new("smtp", ["smtp", "mail", ""], Encrypted: [465], Plain: [587, 25]),
    ];

    /// <summary>Tries until there is a server to read mail from, and one to send by; gives every guess in order.</summary>
    public async Task<IReadOnlyList<MailServerGuess>> GuessAsync(string domain, Caller caller, CancellationToken cancellationToken)
    {
        var guesses = new List<MailServerGuess>();
        var resolving = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var kind in Kinds)
        {
            if (kind.Protocol is "pop3" && guesses.Any(guess => guess.Answers))
            {
                // Mail can be read over IMAP already.
                continue;
            }

            await GuessAsync(kind, domain, caller, resolving, guesses, cancellationToken);
        }

        return guesses;
    }

    private async Task GuessAsync(
        Kind kind, string domain, Caller caller, Dictionary<string, bool> resolving, List<MailServerGuess> guesses, CancellationToken cancellationToken)
    {
        (int Port, bool Encrypted)[] ports = [.. kind.Encrypted.Select(port => (port, true)), .. kind.Plain.Select(port => (port, false))];
        foreach (var (port, encrypted) in ports)
        {
            foreach (var label in kind.Labels)
            {
                var host = label.Length == 0 ? domain : label + "." + domain;
                var guess = new MailServerGuess(kind.Protocol, host, port, encrypted);
                guess = guess with
                {
                    Code = await ResolvesAsync(host, resolving, cancellationToken) ? await AskAsync(guess, caller, cancellationToken) : NodeErrors.NameNotFound,
                };
                guesses.Add(guess);
                if (guess.Answers)
                {
                    return;
                }
            }
        }
    }

    private async Task<string?> AskAsync(MailServerGuess guess, Caller caller, CancellationToken cancellationToken)
    {
        var scheme = guess.Encrypted ? "https" : "http";
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{guess.Host}:{guess.Port}/"));
        var exchange = await http.SendAsync(new LabHttpRequest { Method = "GET", Uri = url, Timeout = Patience }, caller, cancellationToken);
        return exchange.Error is { } error && !NodeErrors.IsOfHttpParser(error.Code) && !await trust.AcceptsAsync(exchange, cancellationToken)
            ? error.Code
            : null;
    }

    private async Task<bool> ResolvesAsync(string host, Dictionary<string, bool> resolving, CancellationToken cancellationToken)
    {
        if (!resolving.TryGetValue(host, out var resolves))
        {
            resolves = (await dns.QueryAsync(host, DnsRecordType.A, cancellationToken)).Records.Count > 0
                || (await dns.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken)).Records.Count > 0;
            resolving[host] = resolves;
        }

        return resolves;
    }

    private sealed record Kind(string Protocol, string[] Labels, int[] Encrypted, int[] Plain);
}
