using System.Collections.Concurrent;
using System.Text;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>Servers by host name, and a DNS zone, without sockets. Hosts that nobody set up do not resolve.</summary>
internal sealed class FakeNetwork : ILabHttpClient, ILabDnsResolver
{
    public const string HmaChallenge =
        "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@11111111-1111-1111-1111-111111111111,00000004-0000-0ff1-ce00-000000000000@contoso.com\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\", authorization_uri=\"https://login.windows.net/common/oauth2/authorize\"";

    private readonly Dictionary<string, Func<LabHttpRequest, Reply>> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string, DnsRecordType), DnsAnswer> _dns = [];

    public ConcurrentQueue<(LabHttpRequest Request, Caller Caller)> Requests { get; } = [];

    /// <summary>Runs before each answer; tests hold answers back with it.</summary>
    public Func<LabHttpRequest, CancellationToken, Task>? Before { get; set; }

    public FakeNetwork Host(string name, Func<LabHttpRequest, Reply> answer)
    {
        _hosts[name] = answer;
        return this;
    }

    public FakeNetwork Host(string name, Reply answer) => Host(name, _ => answer);

    public FakeNetwork Dns(string name, DnsRecordType type, params string[] records) => Dns(name, type, new DnsAnswer(DnsStatus.NoError, records));

    public FakeNetwork Dns(string name, DnsRecordType type, DnsAnswer answer)
    {
        _dns[(name, type)] = answer;
        return this;
    }

    /// <summary>Exchange Online sends the domain to autodiscover.contoso.com, which names mail.contoso.com.</summary>
    public static FakeNetwork HybridContoso(Reply? autodiscover = null, Reply? activeSync = null) => new FakeNetwork()
        .Host("outlook.office365.com", request => Reply.Redirect(request.Uri.OriginalString
            .Replace("outlook.office365.com", "autodiscover.contoso.com", StringComparison.Ordinal)
            .Replace("RedirectCount=2", "RedirectCount=3", StringComparison.Ordinal)))
        .Host("autodiscover.contoso.com", autodiscover ?? Reply.Json("""{"Protocol":"activesync","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}"""))
        .Host("mail.contoso.com", activeSync ?? Reply.Unauthorized(HmaChallenge, "Basic realm=\"mail.contoso.com\""));

    public async Task<LabHttpExchange> SendAsync(LabHttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        Requests.Enqueue((request, caller));
        if (Before is { } before)
        {
            await before(request, cancellationToken);
        }

        var reply = _hosts.TryGetValue(request.Uri.Host, out var answer)
            ? answer(request)
            : Reply.Failed("ENOTFOUND", $"getaddrinfo ENOTFOUND {request.Uri.Host}");
        return new LabHttpExchange
        {
            Request = request,
            Response = reply.Response,
            Error = reply.Error,
            Elapsed = reply.Elapsed,
            Connection = new LabConnectionRecord { Host = request.Uri.Host, Port = 443, Node = reply.Node },
        };
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        if (_dns.TryGetValue((name, type), out var answer))
        {
            return ValueTask.FromResult(answer);
        }

        var exists = _dns.Keys.Any(key => key.Item1 == name) || _hosts.ContainsKey(name);
        return ValueTask.FromResult(new DnsAnswer(exists ? DnsStatus.NoError : DnsStatus.NonExistentDomain, []));
    }
}

internal sealed record Reply
{
    public LabHttpResponse? Response { get; init; }

    public NodeError? Error { get; init; }

    public TimeSpan Elapsed { get; init; } = TimeSpan.FromMilliseconds(40);

    public string? Node { get; init; }

    public static Reply Json(string json) => Of(200, json, new KeyValuePair<string, string>("Content-Type", "application/json; charset=utf-8"));

    public static Reply Redirect(string location) => Of(302, "", new KeyValuePair<string, string>("Location", location));

    public static Reply Unauthorized(params string[] challenges) =>
        Of(401, "", [.. challenges.Select(challenge => new KeyValuePair<string, string>("WWW-Authenticate", challenge))]);

    public static Reply Failed(string code, string message = "It failed.") => new() { Error = new NodeError(code, message) };

    public static Reply Of(int status, string body = "", params KeyValuePair<string, string>[] headers) => new()
    {
        Response = new LabHttpResponse { StatusCode = status, Headers = headers, Body = Encoding.UTF8.GetBytes(body) },
    };
}
