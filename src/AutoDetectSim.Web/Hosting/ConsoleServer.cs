using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Control;
using AutoDetectSim.Web.Classroom;
using AutoDetectSim.Web.Desks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Web.Hosting;

/// <summary>
/// The web server of the console: it serves the pages and passes their requests on to the control server of the lab that the browser's link opens, and does nothing else.
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

    /// <summary>Event streams, which last as long as a window shows the console.</summary>
    private const string EventsPath = "/events";

    private readonly WebApplication _application;
    private readonly ConsoleSettings _settings;
    private readonly ControlForwarder _forwarder = new();
    private readonly Attendance _attendance = new(TimeProvider.System);
    private readonly ConsoleGate _gate;
    private readonly PasswordPage _password;
    private readonly ClassPaths? _class;

    private ConsoleServer(WebApplication application, ConsoleSettings settings, ConsoleGate gate)
    {
        _application = application;
        _settings = settings;
        _gate = gate;
        _password = new PasswordPage(gate);
        _class = settings.Class is { } classroom ? new ClassPaths(classroom, _attendance, LinkOf) : null;
    }

    /// <summary>The link that opens the console.</summary>
    public Uri Link => _gate.LinkOf(0);

    /// <summary>The link that opens a seat of the class, by its place.</summary>
    public Uri LinkOf(int seat) => _gate.LinkOf(seat + 1);

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
            kestrel.Listen(settings.EndPoint);
        });
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        ConsoleServer? server = null;
        application.Run(context => server!.AnswerAsync(context));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw new LabStartException($"The console cannot listen: {exception.Message}", exception);
        }

        var port = new Uri(application.Urls.First()).Port;
        var gate = new ConsoleGate([.. settings.Names, .. HostNames.Of(new IPEndPoint(settings.EndPoint.Address, port))], port, 1 + (settings.Class?.Seats.Count ?? 0), settings);
        return server = new ConsoleServer(application, settings, gate);
    }

    public async ValueTask DisposeAsync()
    {
        // A cancelled token: event streams never end by themselves.
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _forwarder.Dispose();
        _password.Dispose();
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
        if (context.Request.Path == ConsoleGate.EnterPath)
        {
            await _password.AnswerAsync(context);
            return;
        }

        var door = _gate.DoorOf(context.Request)!.Value;
        if (door == 0)
        {
            if (_class is null || !await _class.TryAnswerTrainerAsync(context))
            {
                await RouteAsync(context, _settings.Desk);
            }

            return;
        }

        var seat = _settings.Class!.Seats[door - 1];
        if (context.Request.Path == LabPrefix + EventsPath)
        {
            using var window = _attendance.Watch(door - 1);
            await RouteAsync(context, await seat.OpenAsync(context.RequestAborted));
            return;
        }

        _attendance.Use(door - 1);
        if (!await ClassPaths.TryAnswerTraineeAsync(context, seat))
        {
            await RouteAsync(context, await seat.OpenAsync(context.RequestAborted));
        }
    }

    private async Task RouteAsync(HttpContext context, Desk desk)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(LabPrefix, StringComparison.Ordinal, out var rest) && IsReadOrJson(request))
        {
            if (rest.StartsWithSegments(ReportPrefix, StringComparison.Ordinal))
            {
                context.Response.Headers.ContentSecurityPolicy = ReportPolicy;
            }

            await _forwarder.ForwardAsync(context, desk.Control, rest.ToUriComponent() + request.QueryString);
            return;
        }

        if (desk.Lessons is { } lessons && await new LessonPaths(lessons, _forwarder).TryAnswerAsync(context))
        {
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            throw new ControlException(StatusCodes.Status405MethodNotAllowed, [$"There is no {request.Method} {request.Path}."]);
        }

        var path = request.Path.Value!;
        if (path == InfoPath)
        {
            await ControlServer.WriteAsync(context, desk.Info, ConsoleJson.Default.ConsoleInfo);
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
