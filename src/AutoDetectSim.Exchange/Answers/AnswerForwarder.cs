using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>Hands a request with its facts to the mapping server, and the answer back without them.</summary>
internal sealed class AnswerForwarder : IDisposable
{
    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = System.Net.HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,

        // The forwarder's clock goes on while the machine is stalled.
        ActivityTimeout = TimeSpan.FromDays(1),
    };

    private readonly ServiceProvider _services;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client;
    private readonly string _destination;

    /// <summary>A forwarder to the mapping server at <paramref name="destination"/>.</summary>
    public AnswerForwarder(string destination, TimeProvider time, ILoggerFactory loggers)
    {
        _services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(loggers)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddHttpForwarder()
            .BuildServiceProvider();
        _forwarder = _services.GetRequiredService<IHttpForwarder>();
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ActivityHeadersPropagator = null,

            // As Kestrel has read them.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        });
        _destination = destination;
    }

    /// <summary>
    /// Forwards the request, and sends the answer as <see cref="IAnswerSource.AnswerAsync"/> says. When the mapping server does
    /// not answer, the client gets 502.
    /// </summary>
    public async Task ForwardAsync(HttpContext context, RequestFacts facts, Action<HttpResponse> sign)
    {
        var error = await _forwarder.SendAsync(context, _destination, _client, Config, new Transformer(facts, sign));
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>Sends one request outside of any lab connection, to spare the first real one the cost of first use.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using var scope = _services.CreateScope();
        var context = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            RequestAborted = cancellationToken,
            Request = { Method = HttpMethods.Get, Scheme = "http", Host = new HostString("warm-up.invalid"), Path = "/" },
            Response = { Body = Stream.Null },
        };
        await ForwardAsync(context, new RequestFacts(), _ => { });
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _client.Dispose();
        _services.Dispose();
    }

    private sealed class Transformer(RequestFacts facts, Action<HttpResponse> sign) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.HasValue ? httpContext.Request.Host.Value : null;
            foreach (var name in httpContext.Request.Headers.Keys.Where(RequestFacts.IsPrivate))
            {
                proxyRequest.Headers.Remove(name);
                proxyRequest.Content?.Headers.Remove(name);
            }

            foreach (var (name, value) in facts.Values)
            {
                proxyRequest.Headers.TryAddWithoutValidation(RequestFacts.HeaderPrefix + name, RequestFacts.Encode(value));
            }
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            if (proxyResponse is null)
            {
                return true;
            }

            // WireMock sends chunks; Exchange sends a length.
            var body = await proxyResponse.Content.ReadAsByteArrayAsync(cancellationToken);
            await AnswerResponse.SendAsync(httpContext.Response, body, LengthOf(httpContext, body), sign);
            return false;
        }

        // In answer to HEAD there is no body to count.
        private static long? LengthOf(HttpContext context, byte[] body) =>
            !HttpMethods.IsHead(context.Request.Method) ? body.Length
            : long.TryParse(context.Response.Headers[MappingServer.LengthHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length
            : null;
    }
}
