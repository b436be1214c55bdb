using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Exchange;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>The Exchange servers of a scenario behind a real Kestrel without TLS; the Host header names the node's load balancer.</summary>
internal sealed class ExchangeHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Scenario _scenario;

    private ExchangeHost(WebApplication application, Scenario scenario, ExchangeServers servers, FakeTimeProvider time)
    {
        _scenario = scenario;
        _application = application;
        Servers = servers;
        Time = time;
        Endpoint = IPEndPoint.Parse(new Uri(application.Urls.First()).Authority);
    }

    /// <summary>A request header that names the node of the load balancer that answers; without it the first one does.</summary>
    public const string NodeHeader = "X-Test-Node";

    public static readonly DateTimeOffset Now = new(2021, 5, 15, 16, 46, 21, TimeSpan.Zero);

    public ExchangeServers Servers { get; }

    public FakeTimeProvider Time { get; }

    public IPEndPoint Endpoint { get; }

    public static Scenario Contoso(Func<OrganizationDefinition, OrganizationDefinition>? organization = null, Func<NodeDefinition, NodeDefinition>? node = null, Func<LoadBalancerDefinition, LoadBalancerDefinition>? balancer = null)
    {
        var contoso = new OrganizationDefinition
        {
            Name = "contoso",
            Domains = ["contoso.com"],
            Mailboxes = ["your@contoso.com", "test@contoso.com"],
            TenantId = new Guid("b9cd8e2d-9e3a-4e3c-8d0c-000000000001"),
        };
        var ex01 = new NodeDefinition { Name = "ex01" };
        var perimeter = new LoadBalancerDefinition { Name = "perimeter", Hosts = ["autodiscover.contoso.com", "mail.contoso.com"], Nodes = [node?.Invoke(ex01) ?? ex01] };
        return new Scenario
        {
            Name = "exchange",
            Organizations = [organization?.Invoke(contoso) ?? contoso],
            LoadBalancers = [balancer?.Invoke(perimeter) ?? perimeter],
        };
    }

    public static async Task<ExchangeHost> StartAsync(Scenario? scenario = null, bool allowsAdmin = false)
    {
        scenario ??= Contoso();
        var time = new FakeTimeProvider(Now);
        var servers = await ExchangeServers.StartAsync(scenario, time, NullLoggerFactory.Instance, TestContext.Current.CancellationToken, allowsAdmin);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseWireHeaderOrder();
            });
        });
        var application = builder.Build();
        ExchangeHost host = null!;
        application.Run(context => host.AnswerAsync(context));
        await application.StartAsync();
        host = new ExchangeHost(application, scenario, servers, time);
        return host;
    }

    /// <summary>Goes on as another scenario, as a running lab does.</summary>
    public void Become(Scenario scenario)
    {
        Servers.Apply(Servers.Prepare(scenario));
        _scenario = scenario;
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (ExchangeOnline.Hosts.Contains(context.Request.Host.Host))
        {
            return Servers.Online.HandleAsync(context);
        }

        var balancer = _scenario.LoadBalancers.FirstOrDefault(one => one.Hosts.Contains(context.Request.Host.Host)) ?? _scenario.LoadBalancers[0];
        return Servers.HandleAsync(context, balancer.Nodes.FirstOrDefault(node => node.Name == context.Request.Headers[NodeHeader]) ?? balancer.Nodes[0]);
    }

    /// <summary>Sends the bytes of one request as they are, with Connection: close, and returns all that comes back.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Endpoint);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>A request with the credentials of a mailbox, its body in ISO 8859-1, on a connection that is closed afterwards.</summary>
    public async Task<RawAnswer> LoggedOnAsync(string method, string host, string target, string body = "", string headers = "", string credentials = "your@contoso.com:secret") =>
        RawAnswer.Parse(await RawAsync(
            $"{method} {target} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}\r\n"
            + $"Content-Length: {body.Length}\r\n{headers}Connection: close\r\n\r\n{body}"));

    /// <summary>GET without credentials on a connection that is closed afterwards.</summary>
    public Task<string> GetAsync(string host, string target, string headers = "") =>
        RawAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n");

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Servers.Dispose();
    }
}
