using System.Globalization;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Sessions;

/// <summary>
/// What an administrator sees on one of the customer's servers: the log of IIS, the error log of HTTP.sys beside it, and the Application event log.
/// Connections that never became a request on that server are in none of them.
/// </summary>
/// <param name="lab">The lab.</param>
internal sealed class ServerLog(Lab lab)
{
    private const string IisFields = "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken";
    private const string HttpErrorFields = "#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename";

    private readonly List<(long After, long UpTo)> _unlogged = [];
    private readonly Lock _gate = new();

    /// <summary>Does something whose connections are the lesson's, and in no log.</summary>
    public async Task<T> WithoutAsync<T>(Func<Task<T>> work)
    {
        var before = lab.Network.Journal.Count;
        try
        {
            return await work();
        }
        finally
        {
            lock (_gate)
            {
                _unlogged.Add((before, lab.Network.Journal.Count));
            }
        }
    }

    /// <summary>Forgets everything up to now.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _unlogged.Add((0, lab.Network.Journal.Count));
        }
    }

    /// <summary>Reads the logs of a server.</summary>
    /// <param name="server">Its name; case does not matter.</param>
    /// <exception cref="SessionException">The customer has no such server.</exception>
    public ServerLogResult Read(string server)
    {
        var nodes = lab.Network.CustomerVirtualIps.SelectMany(virtualIp => virtualIp.Balancer.Nodes).Select(node => node.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (nodes.Find(node => string.Equals(node, server, StringComparison.OrdinalIgnoreCase)) is not { } known)
        {
            throw new SessionException($"Unknown server '{server}'. Choose from: {NameRow.All(nodes)}.") { IsInvalid = true };
        }

        var requests = Connections(known).SelectMany(connection => connection.Requests.Where(request => request.Trace is not null).Select(request => (Connection: connection, Request: request))).OrderBy(one => one.Request.At).ToList();
        return new ServerLogResult
        {
            Server = known,
            Iis = Lines(IisFields, requests.Where(one => one.Request is { StatusCode: not null, Trace.HttpError: null }).Select(one => IisLine(one.Connection, one.Request))),
            HttpErrors = Lines(HttpErrorFields, requests.Where(one => one.Request.Trace!.HttpError is not null).Select(one => HttpErrorLine(one.Connection, one.Request))),
            Events = [.. requests.Where(one => one.Request.Trace!.Event is not null).Select(one => EntryOf(one.Request)).GroupBy(entry => (entry.Source, entry.Id, entry.Message)).Select(same => same.Last() with { Count = same.Count() })],
        };
    }

    private IEnumerable<ConnectionRecord> Connections(string node)
    {
        List<(long After, long UpTo)> unlogged;
        lock (_gate)
        {
            unlogged = [.. _unlogged];
        }

        return lab.Network.Journal.All().Where(connection =>
            !connection.IsService
            && string.Equals(connection.Node, node, StringComparison.OrdinalIgnoreCase)
            && !unlogged.Exists(range => connection.Number > range.After && connection.Number <= range.UpTo));
    }

    private string IisLine(ConnectionRecord connection, RequestRecord request)
    {
        var (method, stem, query, _) = Parts(request);
        return string.Create(CultureInfo.InvariantCulture, $"{request.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} {InternalAddress(connection.Node)} {method} {stem} {query} {Port(connection)} {request.Trace!.User ?? "-"} {Client(connection)} {(request.UserAgent is { } agent ? agent.Replace(' ', '+') : "-")} - {request.StatusCode} 0 0 {(long)request.Elapsed.TotalMilliseconds}");
    }

    private string HttpErrorLine(ConnectionRecord connection, RequestRecord request)
    {
        var (method, stem, query, version) = Parts(request);
        return string.Create(CultureInfo.InvariantCulture, $"{request.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} {Client(connection)} - {InternalAddress(connection.Node)} {Port(connection)} {version} {method} {(query == "-" ? stem : $"{stem}?{query}")} {(request.StatusCode is { } status ? status.ToString(CultureInfo.InvariantCulture) : "-")} 1 {request.Trace!.HttpError} {Pool(stem)}");
    }

    private static (string Method, string Stem, string Query, string Version) Parts(RequestRecord request)
    {
        var words = request.Line.Split(' ');
        var (method, target, version) = words is [var first, var second, .. , var last] ? (first, second, last) : (request.Line, "/", "-");
        var path = Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url!.PathAndQuery : target;
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return (method, mark < 0 ? path : path[..mark], mark < 0 || mark == path.Length - 1 ? "-" : path[(mark + 1)..], version);
    }

    // Behind a device that terminates TLS, a server sees the device.
    private string Client(ConnectionRecord connection) =>
        DefinitionOf(connection) is { Tls: TlsHandling.Terminate } ? connection.Address.Address.ToString() : connection.Source.ToString();

    private int Port(ConnectionRecord connection) =>
        DefinitionOf(connection) is { Tls: TlsHandling.Terminate, BackEnd: BackEndTransport.Http } ? 80 : connection.Address.Port;

    private LoadBalancerDefinition? DefinitionOf(ConnectionRecord connection) =>
        lab.Network.CustomerVirtualIps.FirstOrDefault(virtualIp => string.Equals(virtualIp.Name, connection.VirtualIp, StringComparison.Ordinal))?.Balancer.Definition;

    private string InternalAddress(string node) => lab.InternalAddressOf(node);

    private static string Pool(string stem) =>
        stem.StartsWith(ExchangePaths.ActiveSync, StringComparison.OrdinalIgnoreCase) ? "MSExchangeSyncAppPool"
        : stem.StartsWith("/autodiscover", StringComparison.OrdinalIgnoreCase) ? "MSExchangeAutodiscoverAppPool"
        : "MSExchangeServicesAppPool";

    private static ServerLogEvent EntryOf(RequestRecord request)
    {
        var entry = request.Trace!.Event!;
        return new ServerLogEvent { At = request.At, Level = entry.Level, Source = entry.Source, Id = entry.Id, Message = entry.Message };
    }

    private static List<string> Lines(string fields, IEnumerable<string> lines)
    {
        List<string> written = [fields, .. lines];
        return written.Count > 1 ? written : [];
    }
}

/// <summary>The logs of one server. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record ServerLogResult
{
    public required string Server { get; init; }

    /// <summary>The log of IIS in W3C form, with its field names first; empty if nothing was logged.</summary>
    public required IReadOnlyList<string> Iis { get; init; }

    /// <summary>The error log of HTTP.sys: requests that IIS did not get or did not finish; empty if nothing was logged.</summary>
    public required IReadOnlyList<string> HttpErrors { get; init; }

    /// <summary>The Application event log.</summary>
    public required IReadOnlyList<ServerLogEvent> Events { get; init; }
}

/// <summary>One entry of the Application event log.</summary>
internal sealed record ServerLogEvent
{
    /// <summary>When it was written last.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>Error</c> or <c>Warning</c>.</summary>
    public required string Level { get; init; }

    public required string Source { get; init; }

    public required int Id { get; init; }

    public required string Message { get; init; }

    /// <summary>How often it was written.</summary>
    public int Count { get; init; } = 1;
}
