using System.Globalization;
using System.Text;
using AutoDetectSim.Documents;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Control;

/// <summary>Lets other processes look at a lab and change it. Its paths and JSON forms are a contract: they are added to, never renamed.</summary>
/// <param name="lab">The lab.</param>
internal sealed class LabApi(Lab lab)
{
    public const string StatePath = "/state";
    public const string ScenarioPath = "/scenario";
    public const string ChangesPath = "/changes";
    public const string ResetPath = "/reset";
    public const string JournalPath = "/journal";
    public const string UndoPath = "/undo";
    public const string TryPath = "/changes/try";

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StatePath, context => ControlServer.WriteAsync(context, State(), LabApiJson.Default.LabState));
        routes.MapGet(ScenarioPath, WriteScenarioAsync);
        routes.MapGet(ChangesPath, context => ControlServer.WriteAsync(context, Changes(), LabApiJson.Default.IReadOnlyListMadeChange));
        routes.MapPost(ChangesPath, ChangeAsync);
        routes.MapPost(TryPath, TryAsync);
        routes.MapPost(UndoPath, UndoAsync);
        routes.MapPost(ScenarioPath, BecomeAsync);
        routes.MapPost(ResetPath, ResetAsync);
        routes.MapGet(JournalPath, WriteJournalAsync);
    }

    /// <summary>The lab as it is now.</summary>
    public LabState State() => new()
    {
        Scenario = lab.Scenario.Name,
        Title = lab.Scenario.Title,
        Edition = lab.Scenario.Edition == Edition.Kestrel2025 ? "2025" : "2021",
        Email = ExampleAddress.Of(lab.Scenario),
        Revision = lab.Control.Log.Count,
        Undoable = lab.Control.Log.Last?.Sentence,
        Seed = lab.Scenario.Seed,
        Gateway = lab.Gateway.GetLeftPart(UriPartial.Authority),
        Dns = lab.DnsEndPoint?.ToString(),
        DetectUrl = lab.DetectUrl.ToString(),
        Connections = lab.Network.Journal.Count,
        VirtualIps = [.. lab.Network.CustomerVirtualIps.Select(StateOf)],
    };

    private static VirtualIpState StateOf(VirtualIp virtualIp) => new()
    {
        Name = virtualIp.Name,
        Hosts = virtualIp.Hosts,
        Address = virtualIp.Address.ToString(),
        Port = virtualIp.Port,
        Endpoint = virtualIp.EndPoint!.ToString(),
        Nodes =
        [
            .. virtualIp.Balancer.Nodes.Select(node => new NodeState
            {
                Name = node.Name,
                Up = node.Up,
                Healthy = node.Healthy,
                Presents = node.Identity?.Names ?? [],
            }),
        ],
    };

    private MadeChange[] Changes() => [.. lab.Control.Changes.Select(change => new MadeChange(change.At, change.Sentence))];

    private async Task WriteScenarioAsync(HttpContext context)
    {
        var body = Encoding.UTF8.GetBytes(ScenarioWriter.Write(lab.Scenario));
        context.Response.ContentType = "application/yaml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        var wanted = await ControlServer.ReadAsync(context, LabApiJson.Default.WantedChange);
        await MadeAsync(context, () => lab.Control.ChangeAsync(wanted.Change, context.RequestAborted));
    }

    /// <summary>Checks a change without making it.</summary>
    private async Task TryAsync(HttpContext context)
    {
        var wanted = await ControlServer.ReadAsync(context, LabApiJson.Default.WantedChange);
        await MadeAsync(context, () =>
        {
            var change = ScenarioChange.Parse(wanted.Change);
            change.ApplyTo(lab.Scenario);
            return Task.FromResult(new LabChange(lab.Options.TimeProvider.GetUtcNow(), change.Text));
        });
    }

    private Task UndoAsync(HttpContext context) => MadeAsync(context, async () =>
    {
        await ControlServer.ReadAsync(context, LabApiJson.Default.EmptyRequest);
        return await lab.Control.UndoAsync(context.RequestAborted);
    });

    /// <summary>Continues the lab with another scenario.</summary>
    private async Task BecomeAsync(HttpContext context)
    {
        var wanted = await ControlServer.ReadAsync(context, LabApiJson.Default.WantedScenario, ControlServer.MaximumScenario);
        var loaded = ScenarioLoader.Parse(wanted.Yaml, wanted.Name ?? "scenario.yaml", lab.Scenario.BaseDirectory);
        if (loaded.Scenario is not { } scenario)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [.. loaded.Problems.Select(problem => problem.ToString())]);
        }

        await MadeAsync(context, () => lab.Control.ChangeAsync(_ => scenario, $"The lab continues with the scenario {scenario.Name}.", context.RequestAborted));
    }

    private static async Task MadeAsync(HttpContext context, Func<Task<LabChange>> make)
    {
        LabChange made;
        try
        {
            made = await make();
        }
        catch (ScenarioChangeException exception)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, exception.Message.Split('\n'));
        }

        await ControlServer.WriteAsync(context, new MadeChange(made.At, made.Sentence), LabApiJson.Default.MadeChange);
    }

    private async Task ResetAsync(HttpContext context)
    {
        await lab.ResetAsync(context.RequestAborted);
        await ControlServer.WriteAsync(context, State(), LabApiJson.Default.LabState);
    }

    private async Task WriteJournalAsync(HttpContext context)
    {
        var after = context.Request.Query["after"].ToString();
        if (!long.TryParse(after.Length == 0 ? "0" : after, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new ControlException(StatusCodes.Status400BadRequest, [$"`after` must be the number of a connection, not '{after}'."]);
        }

        var connections = lab.Network.Journal.After(number).Select(StateOf);
        await ControlServer.WriteAsync(context, [.. connections], LabApiJson.Default.IReadOnlyListConnectionState);
    }

    /// <summary>A connection as the journal tells it.</summary>
    public static ConnectionState StateOf(ConnectionRecord connection) => new()
    {
        Number = connection.Number,
        OpenedAt = connection.OpenedAt,
        ClosedAt = connection.ClosedAt,
        VirtualIp = connection.VirtualIp,
        Node = connection.Node,
        Source = connection.Source.ToString(),
        IsAutoDetect = connection.IsAutoDetect,
        Client = CamelCase<CallerKind>.Of(connection.Client),
        IsService = connection.IsService,
        ServerName = connection.ServerName,
        Presented = connection.Presented,
        TlsVersion = connection.TlsVersion,
        HandshakeFailure = connection.HandshakeFailure,
        Requests = [.. connection.Requests.Select(request => new RequestState(request.Line, request.StatusCode))],
    };
}
