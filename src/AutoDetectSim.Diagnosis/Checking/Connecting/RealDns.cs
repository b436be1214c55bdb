using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Node;
using DnsClient;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>Asks a DNS server outside of any lab: the one that is named, or those that this computer uses. Nothing is kept.</summary>
/// <param name="server">The server, or null for those that this computer uses.</param>
/// <param name="patience">How long a server has for an answer; it is asked twice. Null: 5 seconds.</param>
internal sealed class RealDns(IPEndPoint? server, TimeSpan? patience = null)
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(5);

    private static readonly IdnMapping Idn = new();

    private readonly Lazy<LookupClient?> _client = new(() => Create(server, patience ?? UsualPatience));

    /// <summary>The mail exchangers of a domain, best first; what went wrong stands in the answer.</summary>
    public async Task<MailExchangers> MailExchangersAsync(string domain, CancellationToken cancellationToken)
    {
        var (response, problem) = await QueryAsync(domain, QueryType.MX, cancellationToken);
        return new MailExchangers(
            [
                .. response?.Answers.MxRecords()
                    .OrderBy(record => record.Preference)
                    .Select(record => record.Exchange.Value.TrimEnd('.'))
                    .Where(exchange => exchange.Length > 0) ?? [],
            ],
            problem);
    }

    /// <summary>The addresses of a host, IPv4 first.</summary>
    /// <exception cref="DialException">There is none, or the server does not answer.</exception>
    public async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        var addresses = new List<IPAddress>();
        string? problem = null;
        foreach (var type in (QueryType[])[QueryType.A, QueryType.AAAA])
        {
            (var response, problem) = await QueryAsync(host, type, cancellationToken);
            addresses.AddRange(response?.Answers.AddressRecords().Select(record => record.Address) ?? []);
        }

        return addresses.Count > 0 ? addresses
            : throw new DialException(problem is null ? new NodeError(NodeErrors.NameNotFound, $"The name {host} has no address in DNS.") : new NodeError(NodeErrors.NameServerFailure, problem));
    }

    private async Task<(IDnsQueryResponse? Response, string? Problem)> QueryAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        if (_client.Value is not { } client)
        {
            return (null, "this computer has no DNS server configured; give one with --dns");
        }

        try
        {
            var response = await client.QueryAsync(Idn.GetAscii(name), type, cancellationToken: cancellationToken);
            return response.HasError && response.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain
                ? (null, $"the DNS server {response.NameServer} answers {response.Header.ResponseCode} for {name}")
                : (response, null);
        }
        catch (DnsResponseException exception)
        {
            return (null, $"the DNS server{(server is null ? "" : $" {server}")} does not answer for {name}: {exception.DnsError}");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return (null, $"{name} cannot be resolved: {exception.Message}");
        }
    }

    private static LookupClient? Create(IPEndPoint? server, TimeSpan patience)
    {
        // The library would fall back on a public service; nobody has asked for that.
        NameServer[] servers = server is null
            ? [.. NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false)]
            : [server];
        return servers.Length == 0
            ? null
            : new LookupClient(new LookupClientOptions(servers)
            {
                UseCache = false,
                Timeout = patience,
                Retries = 1,
                ThrowDnsErrors = false,
            });
    }
}

/// <summary>Who takes a domain's mail.</summary>
/// <param name="Names">Host names, best first.</param>
/// <param name="Problem">Why nothing is known, or null.</param>
internal sealed record MailExchangers(IReadOnlyList<string> Names, string? Problem = null);
