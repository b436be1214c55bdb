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
        ActivityTimeout = TimeSpan.FromMinutes(5),
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
        });
        _destination = destination;
    }

    /// <summary>
    /// Forwards the request. <paramref name="identify"/> runs once the answer's status and headers are in the response and
    /// before its body is sent; private headers of the answer are still there, and are removed afterwards. When the mapping server does not answer, the client gets 502.
    /// </summary>
    public async Task ForwardAsync(HttpContext context, RequestFacts facts, Action<HttpResponse> identify)
    {
        var error = await _forwarder.SendAsync(context, _destination, _client, Config, new Transformer(facts, identify));
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

    private sealed class Transformer(RequestFacts facts, Action<HttpResponse> identify) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.HasValue ? httpContext.Request.Host.Value : null;
            foreach (var name in httpContext.Request.Headers.Keys.Where(IsPrivate))
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

            var response = httpContext.Response;
            // WireMock sends chunks; Exchange sends a length.
            var body = await proxyResponse.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
            {
                response.ContentLength = body.Length;
            }

            identify(response);
            foreach (var name in response.Headers.Keys.Where(IsPrivate).ToList())
            {
                response.Headers.Remove(name);
            }

            if (body.Length > 0 && !HttpMethods.IsHead(httpContext.Request.Method))
            {
                await response.Body.WriteAsync(body, cancellationToken);
            }

            return false;
        }

        private static bool IsPrivate(string name) => name.StartsWith(RequestFacts.HeaderPrefix, StringComparison.OrdinalIgnoreCase);
    }
}
