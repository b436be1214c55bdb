using AutoDetectSim.Tls.Kestrel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>Kestrel behind our TLS.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly TaskCompletionSource _helloReceived;

    private WebServer(WebApplication app, TaskCompletionSource helloReceived)
    {
        _app = app;
        _helloReceived = helloReceived;
    }


    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public static Task<WebServer> StartAsync(TlsServerSettings settings) => StartAsync((_, _) => settings);

    public static async Task<WebServer> StartAsync(Func<ConnectionContext, TlsClientHello, TlsServerSettings> select)
    {
        var helloReceived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback,
            0,
            listen => listen.UsePresentedChain((context, hello, _) =>
            {
                helloReceived.TrySetResult();
                return ValueTask.FromResult(select(context, hello));
            })));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new(app, helloReceived);
    }

    /// <summary>Completes with the first ClientHello.</summary>
    public Task HelloReceived => _helloReceived.Task;

    /// <summary>Stops in order: open requests may end.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    /// <summary>A POST gets its body back, anything else a line about the connection.</summary>
    private static async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.ContentType = "application/octet-stream";
            await context.Request.Body.CopyToAsync(context.Response.Body);
            return;
        }

        var handshake = context.Features.Get<IPresentedChainFeature>()!.Handshake;
        await context.Response.WriteAsync(
            $"{context.Request.Scheme} {context.Request.Protocol} {handshake.TlsVersion} {handshake.ServerName} {handshake.Presented.Count}");
    }
}
