using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Testing.Transport;

/// <summary>AutoDetect's front door in memory; made when it is first asked for.</summary>
internal sealed class FrontDoorServer(Lab lab) : IDisposable
{
    private readonly Lock _gate = new();
    private TestServer? _server;

    public HttpClient CreateClient()
    {
        lock (_gate)
        {
            return (_server ??= Start()).CreateClient();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _server?.Dispose();
        }
    }

    private TestServer Start()
    {
        var server = new TestServer(new ServiceCollection().BuildServiceProvider()) { BaseAddress = new Uri(lab.DetectUrl.GetLeftPart(UriPartial.Authority)) };
        var started = ((IServer)server).StartAsync(new Application(lab), CancellationToken.None);
        return started.IsCompletedSuccessfully ? server : throw new InvalidOperationException("A server in memory starts at once.");
    }

    private sealed class Application(Lab lab) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => lab.FrontDoor(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
