using System.Net;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Protocols.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>AutoDetect's front door on a loopback port of real Kestrel.</summary>
internal sealed class FrontDoorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FrontDoorServer(WebApplication app)
    {
        _app = app;
        Port = new Uri(app.Urls.Single()).Port;
    }

    public int Port { get; }

    public static async Task<FrontDoorServer> StartAsync(DetectionHarness harness, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseWireHeaderOrder();
            });
        });
        var app = builder.Build();
        app.Run(new AutoDetectFrontDoor(harness.Service).HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FrontDoorServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
