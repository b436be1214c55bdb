using System.Globalization;
using System.Security;
using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Network;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>
/// Outlook's own AutoDiscover, as far as it goes without a password: the classic addresses in their order ([EXCHLIB], [NETZ]),
/// until one asks for a password or answers as AutoDiscover does.
/// </summary>
internal sealed class DesktopAutoDiscover(ILabHttpClient http, ILabDnsResolver dns, DesktopTrust trust)
{
    private const string Path = "/autodiscover/autodiscover.xml";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly KeyValuePair<string, string>[] Headers = [new("Content-Type", "text/xml; charset=utf-8"), new("Accept", "text/xml")];

    /// <summary>The host at which AutoDiscover answers, or null.</summary>
    public async Task<string?> FindAsync(SmtpAddress email, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var host in (string[])[email.Domain, "autodiscover." + email.Domain])
        {
            if (await AnswersAsync(host, 443, email, caller, cancellationToken))
            {
                return host;
            }
        }

        var service = await dns.QueryAsync("_autodiscover._tcp." + email.Domain, DnsRecordType.Srv, cancellationToken);
        foreach (var record in service.Records)
        {
            // RFC 2782: priority, weight, port, target.
            if (record.Split(' ') is [_, _, var port, var target]
                && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is > 0 and <= 65535
                && target.TrimEnd('.') is { Length: > 0 } host
                && Uri.CheckHostName(host) == UriHostNameType.Dns
                && await AnswersAsync(host, number, email, caller, cancellationToken))
            {
                return host;
            }
        }

        return null;
    }

    private async Task<bool> AnswersAsync(string host, int port, SmtpAddress email, Caller caller, CancellationToken cancellationToken)
    {
        var exchange = await http.SendAsync(
            new LabHttpRequest
            {
                Method = "POST",
                Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{host}:{port}{Path}")),
                Headers = Headers,
                Body = Question(email),
                Timeout = Patience,
            },
            caller,
            cancellationToken);
        return exchange switch
        {
            { Response.StatusCode: 401 } => true,
            { Response: { StatusCode: 200 } response } => response.Body.Span.IndexOf("<Autodiscover"u8) >= 0,
            _ => await trust.AcceptsAsync(exchange, cancellationToken),
        };
    }

    private static byte[] Question(SmtpAddress email) => Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        + "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request>"
        + $"<EMailAddress>{SecurityElement.Escape(email.Text)}</EMailAddress>"
        + "<AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>"
        + "</Request></Autodiscover>");
}
