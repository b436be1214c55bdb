using System.Globalization;
using System.Security;
using System.Text;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>
/// Outlook's own AutoDiscover: the classic addresses in their order ([EXCHLIB], [NETZ]), until one gives settings with which the
/// mailbox lets its owner in. An old version climbs above the domain when none does ([GUARDI]).
/// </summary>
internal sealed class DesktopAutoDiscover(ILabHttpClient http, ILabDnsResolver dns, DesktopTrust trust, Func<EmailAddress, DesktopLogon> newLogon, bool climbs)
{
    private const string Path = "/autodiscover/autodiscover.xml";

    /// <summary>How often a person types the password before giving up.</summary>
    private const int Prompts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly KeyValuePair<string, string>[] Headers = [new("Content-Type", "text/xml; charset=utf-8"), new("Accept", "text/xml")];

    /// <summary>The result, or null if no address answers like AutoDiscover.</summary>
    public async Task<DesktopDiscovery?> FindAsync(EmailAddress email, Caller caller, CancellationToken cancellationToken)
    {
        DesktopDiscovery? stuck = null;
        foreach (var (host, port) in await PlacesAsync(email, cancellationToken))
        {
            var found = await AskAsync(host, port, email, caller, cancellationToken);
            if (found is { Setup: DesktopSetup.AutoDiscover })
            {
                return found;
            }

            stuck ??= found;
        }

        return stuck ?? (climbs ? await ClimbAsync(email, caller, cancellationToken) : null);
    }

    private async Task<IReadOnlyList<(string Host, int Port)>> PlacesAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        List<(string, int)> places = [(email.Domain, 443), ("autodiscover." + email.Domain, 443)];
        var service = await dns.QueryAsync("_autodiscover._tcp." + email.Domain, DnsRecordType.Srv, cancellationToken);
        foreach (var record in service.Records)
        {
            // RFC 2782: priority, weight, port, target.
            if (record.Split(' ') is [_, _, var port, var target]
                && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is > 0 and <= 65535
                && target.TrimEnd('.') is { Length: > 0 } host
                && Uri.CheckHostName(host) == UriHostNameType.Dns)
            {
                places.Add((host, number));
            }
        }

        return places;
    }

    /// <summary>Asks autodiscover. of every domain above the address's own, down to the top-level domain.</summary>
    private async Task<DesktopDiscovery?> ClimbAsync(EmailAddress email, Caller caller, CancellationToken cancellationToken)
    {
        var above = email.Domain;
        while (above.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            above = above[(dot + 1)..];
            var host = "autodiscover." + above;
            var logon = newLogon(email);
            await SendAsync(logon, host, 443, email, caller, cancellationToken);
            if (logon.GavePassword)
            {
                return new DesktopDiscovery(DesktopSetup.CredentialsLeaked, host);
            }
        }

        return null;
    }

    private async Task<DesktopDiscovery?> AskAsync(string host, int port, EmailAddress email, Caller caller, CancellationToken cancellationToken)
    {
        for (var prompt = 1; ; prompt++)
        {
            var logon = newLogon(email);
            var exchange = await SendAsync(logon, host, port, email, caller, cancellationToken);
            if (logon.HasNoToken)
            {
                return new DesktopDiscovery(DesktopSetup.BlankSignIn, host);
            }

            if (!logon.IsRefused)
            {
                return exchange.Response is { StatusCode: 200 } response && PoxResponse.Read(response.Body) is { } settings
                    ? new DesktopDiscovery(await IsLetInAsync(settings.EwsUrl, email, caller, cancellationToken) ? DesktopSetup.AutoDiscover : DesktopSetup.RepeatedPrompt, host)
                    : await trust.AcceptsAsync(exchange, cancellationToken) ? new DesktopDiscovery(DesktopSetup.AutoDiscover, host) : null;
            }

            if (prompt == Prompts)
            {
                return new DesktopDiscovery(DesktopSetup.RepeatedPrompt, host);
            }
        }
    }

    private Task<LabHttpExchange> SendAsync(DesktopLogon logon, string host, int port, EmailAddress email, Caller caller, CancellationToken cancellationToken) => http.SendAsync(
        logon.Begin(new LabHttpRequest
        {
            Method = "POST",
            Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{host}:{port}{Path}")),
            Headers = Headers,
            Body = Question(email),
            Timeout = Patience,
        }),
        caller,
        cancellationToken);

    /// <summary>Whether the mailbox itself does not turn its owner away, as often as the person types the password.</summary>
    private async Task<bool> IsLetInAsync(Uri? ews, EmailAddress email, Caller caller, CancellationToken cancellationToken)
    {
        for (var prompt = 1; ews is not null && prompt <= Prompts; prompt++)
        {
            var logon = newLogon(email);
            await http.SendAsync(logon.Begin(new LabHttpRequest { Method = "GET", Uri = ews, Timeout = Patience }), caller, cancellationToken);
            if (!logon.IsRefused)
            {
                return true;
            }
        }

        return ews is null;
    }

    private static byte[] Question(EmailAddress email) => Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        + "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request>"
        + $"<EMailAddress>{SecurityElement.Escape(email.Text)}</EMailAddress>"
        + "<AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>"
        + "</Request></Autodiscover>");
}

/// <summary>How far Outlook's own AutoDiscover came.</summary>
/// <param name="Setup">The result.</param>
/// <param name="Host">The host that decided it.</param>
internal sealed record DesktopDiscovery(DesktopSetup Setup, string Host);
