using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AutoDetectSim.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Control;

/// <summary>
/// A small HTTP server on loopback by which other processes of the same user work with a lab: JSON in and out, bounded bodies.
/// Whoever calls has to know the random token that the server has drawn, and has to call it by its address: a page in a browser
/// knows neither (no CORS, and the Host header is checked against DNS rebinding).
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    /// <summary>Maximum size of a request body in bytes.</summary>
    public const int MaximumBody = 64 * 1024;

    /// <summary>Maximum size of a request body with a whole scenario or evidence.</summary>
    public const int MaximumScenario = 8 * 1024 * 1024;

    private const int TokenBytes = 32;

    private readonly WebApplication _application;
    private readonly byte[] _authorization;
    private readonly string _host;

    private ControlServer(WebApplication application, string token, IPEndPoint endPoint)
    {
        _application = application;
        _authorization = Encoding.ASCII.GetBytes("Bearer " + token);
        _host = endPoint.ToString();
        Access = new ControlAccess { Url = "http://" + _host, Token = token };
    }

    /// <summary>Where the server is, and the token that it takes.</summary>
    public ControlAccess Access { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="map">Says what it answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">It cannot listen.</exception>
    public static async Task<ControlServer> StartAsync(Action<IEndpointRouteBuilder> map, CancellationToken cancellationToken)
    {
        // An empty builder: neither files nor variables of the environment have a say in where it listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        ControlServer? server = null;
        application.Use((context, next) => server!.GuardAsync(context, next));
        application.UseRouting();
        map(application);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync();
            throw new LabStartException($"The control server cannot listen: {exception.Message}", exception);
        }

        var address = new Uri(application.Urls.First());
        server = new ControlServer(application, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)), new IPEndPoint(IPAddress.Loopback, address.Port));
        return server;
    }

    /// <summary>Reads the JSON body of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The form of the body.</param>
    /// <param name="maximum">The maximum size of the body in bytes.</param>
    /// <exception cref="ControlException">There is none, or it has not the form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maximum = MaximumBody)
    {
        if (maximum != MaximumBody && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maximum;
        }

        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return StrangersJson.Read(body.GetBuffer().AsMemory(0, (int)body.Length), type)
                ?? throw new ControlException(StatusCodes.Status400BadRequest, ["The body must not be null."]);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}{(exception.Path is { Length: > 1 } path ? ", at " + path : "")})")
                : exception.Path is { Length: > 1 } item ? $" (null at {item})"
                : "";
            throw new ControlException(StatusCodes.Status400BadRequest, [$"The body must be a JSON object with {string.Join(", ", type.Properties.Select(property => $"`{property.Name}`"))}{place}."]);
        }
    }

    /// <summary>Writes a JSON answer.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        var body = ReadableJson.Bytes(answer, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        // A cancelled token: requests that are under way are not waited for.
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!string.Equals(context.Request.Host.Value, _host, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, [$"Use the address of this server, {_host}."]);
            return;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(context.Request.Headers.Authorization.ToString()), _authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, ["The header `Authorization: Bearer TOKEN` with the token of this server is required."]);
            return;
        }

        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed && context.Response.ContentLength is null)
            {
                await RefuseAsync(context, context.Response.StatusCode, [$"There is no {context.Request.Method} {context.Request.Path}."]);
            }
        }
        catch (ControlException exception)
        {
            await RefuseAsync(context, exception.Status, exception.Problems);
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(context, exception.StatusCode, [exception.Message]);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, IReadOnlyList<string> problems) =>
        WriteAsync(context, new ControlProblems(problems), ControlJson.Default.ControlProblems, status);
}
