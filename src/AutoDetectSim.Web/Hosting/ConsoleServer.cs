using System.Net;
using AutoDetectSim.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Web.Hosting;

/// <summary>
/// The web server of the console, on loopback: it serves the pages and passes their requests on to the lab's control server, and does nothing else.
/// </summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private const string LabPrefix = "/api/lab";
    private const string InfoPath = "/api/console";
    private const string AssetPrefix = "/assets/";

    /// <summary>Scripts and styles come from the console alone, and none is inside a page; pages of other sites cannot show the console.</summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ReportPrefix = "/reports";

    /// <summary>Reports have their styles inside and no script; they are shown inside a page, and saved.</summary>
    private const string ReportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

    private readonly WebApplication _application;
    private readonly ConsoleSettings _settings;
    private readonly ControlForwarder _forwarder = new();
    private readonly ConsoleGate _gate;
    private readonly LessonPaths? _lessons;

    private ConsoleServer(WebApplication application, ConsoleSettings settings, ConsoleGate gate)
    {
        _application = application;
        _settings = settings;
        _gate = gate;
        _lessons = settings.Lessons is { } lessons ? new LessonPaths(lessons, _forwarder) : null;
    }

    /// <summary>The link that opens the console.</summary>
    public Uri Link => _gate.Link;

    /// <summary>Starts the server.</summary>
    /// <exception cref="LabStartException">It cannot listen.</exception>
    public static async Task<ConsoleServer> StartAsync(ConsoleSettings settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ControlServer.MaximumScenario;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Listen(IPAddress.Loopback, settings.Port);
        });
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        ConsoleServer? server = null;
        application.Run(context => server!.AnswerAsync(context));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync();
            throw new LabStartException($"The console cannot listen: {exception.Message}", exception);
        }

        var gate = new ConsoleGate(new IPEndPoint(IPAddress.Loopback, new Uri(application.Urls.First()).Port));
        return server = new ConsoleServer(application, settings, gate);
    }

    public async ValueTask DisposeAsync()
    {
        // A cancelled token: event streams never end by themselves.
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _forwarder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            if (_gate.Refusal(context.Request) is { } refusal)
            {
                throw new ControlException(refusal.Status, [refusal.Sentence]);
            }

            await RouteAsync(context);
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

    private async Task RouteAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(LabPrefix, StringComparison.Ordinal, out var rest) && IsReadOrJson(request))
        {
            if (rest.StartsWithSegments(ReportPrefix, StringComparison.Ordinal))
            {
                context.Response.Headers.ContentSecurityPolicy = ReportPolicy;
            }

            await _forwarder.ForwardAsync(context, _settings.Control, rest.ToUriComponent() + request.QueryString);
            return;
        }

        if (_lessons is not null && await _lessons.TryAnswerAsync(context))
        {
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            throw new ControlException(StatusCodes.Status405MethodNotAllowed, [$"There is no {request.Method} {request.Path}."]);
        }

        var path = request.Path.Value!;
        if (path == ConsoleGate.EnterPath)
        {
            // Not a redirect: browsers send no SameSite=Strict cookie along a redirect that begins on another site, such as a terminal in a browser.
            _gate.Admit(context.Response);
            await ConsoleAssets.TryWriteAsync(context, "enter.html");
        }
        else if (path == InfoPath)
        {
            await ControlServer.WriteAsync(context, _settings.Info, ConsoleJson.Default.ConsoleInfo);
        }
        else if (!await ConsoleAssets.TryWriteAsync(context, path == "/" ? "index.html" : path.StartsWith(AssetPrefix, StringComparison.Ordinal) ? path[AssetPrefix.Length..] : string.Empty))
        {
            throw new ControlException(StatusCodes.Status404NotFound, [$"There is no {request.Path}."]);
        }
    }

    /// <summary>Only JSON changes anything: pages of other sites cannot send it without asking first, and are not let in.</summary>
    internal static bool IsReadOrJson(HttpRequest request) => HttpMethods.IsGet(request.Method) || (HttpMethods.IsPost(request.Method)
        && (request.HasJsonContentType() ? true : throw new ControlException(StatusCodes.Status415UnsupportedMediaType, ["The body must be JSON: Content-Type application/json."])));

    private static Task RefuseAsync(HttpContext context, int status, IReadOnlyList<string> problems)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return ControlServer.WriteAsync(context, new ControlProblems(problems), ControlJson.Default.ControlProblems, status);
    }
}
