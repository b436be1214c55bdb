using System.Net;
using System.Text.Json.Serialization;
using AutoDetectSim.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Control;

/// <summary>
/// Tells whoever runs the process how it is: <c>/healthz</c> answers as long as it lives, <c>/readyz</c> says whether it can do its work. It starts once
/// the lab listens and its self-test has passed, so what is left to say is whether the other parts of the lab answer.
/// </summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HealthServer(WebApplication application) => _application = application;

    /// <summary>Starts the server.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="roles">What this process is.</param>
    /// <param name="endPoint">Where to listen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">It cannot listen.</exception>
    public static async Task<HealthServer> StartAsync(Lab lab, string roles, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        // An empty builder: neither files nor variables of the environment have a say in where it listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Listen(endPoint);
        });
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        application.UseRouting();
        application.MapGet("/healthz", context => context.Response.WriteAsync("ok\n", context.RequestAborted));
        application.MapGet("/readyz", context => ReadyAsync(lab, roles, context));
        try
        {
            await application.StartAsync(cancellationToken);
            return new HealthServer(application);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync();
            throw new LabStartException($"The health server cannot listen: {exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    private static async Task ReadyAsync(Lab lab, string roles, HttpContext context)
    {
        var states = lab.Readiness is { } readiness ? await readiness.CheckAsync(context.RequestAborted) : [];
        var answer = new ReadyAnswer
        {
            Ready = lab.Readiness?.IsReady(states) ?? true,
            Role = roles,
            Scenario = lab.Scenario.Name,
            Parts = [.. states.Select(state => new ReadyPart { Role = state.Role.ToString(), Address = state.Address.ToString(), Answers = state.Answers, Problem = state.Problem })],
        };
        var body = ReadableJson.Bytes(answer, HealthJson.Default.ReadyAnswer);
        context.Response.StatusCode = answer.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

/// <summary>Whether a process can do its work.</summary>
internal sealed record ReadyAnswer
{
    public required bool Ready { get; init; }

    public required string Role { get; init; }

    public required string Scenario { get; init; }

    /// <summary>The parts that this process connects to.</summary>
    public required IReadOnlyList<ReadyPart> Parts { get; init; }
}

/// <summary>One part that a process connects to.</summary>
internal sealed record ReadyPart
{
    public required string Role { get; init; }

    public required string Address { get; init; }

    public required bool Answers { get; init; }

    public string? Problem { get; init; }
}

/// <summary>Source-generated JSON of the health server.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReadyAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
