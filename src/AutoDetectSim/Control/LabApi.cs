using System.Globalization;
using System.Text;
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

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StatePath, context => ControlServer.WriteAsync(context, State(), LabApiJson.Default.LabState));
        routes.MapGet(ScenarioPath, WriteScenarioAsync);
        routes.MapGet(ChangesPath, context => ControlServer.WriteAsync(context, Changes(), LabApiJson.Default.IReadOnlyListMadeChange));
        routes.MapPost(ChangesPath, ChangeAsync);
        routes.MapPost(ResetPath, ResetAsync);
        routes.MapGet(JournalPath, WriteJournalAsync);
    }

    private LabState State() => new()
    {
        Scenario = lab.Scenario.Name,
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
        LabChange made;
        try
        {
            made = await lab.Control.ChangeAsync(wanted.Change, context.RequestAborted);
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

        var connections = lab.Network.Journal.All().Where(connection => connection.Number > number).Select(StateOf);
        await ControlServer.WriteAsync(context, [.. connections], LabApiJson.Default.IReadOnlyListConnectionState);
    }

    private static ConnectionState StateOf(ConnectionRecord connection) => new()
    {
        Number = connection.Number,
        OpenedAt = connection.OpenedAt,
        ClosedAt = connection.ClosedAt,
        VirtualIp = connection.VirtualIp,
        Node = connection.Node,
        Source = connection.Source.ToString(),
        IsAutoDetect = connection.IsAutoDetect,
        ServerName = connection.ServerName,
        Presented = connection.Presented,
        TlsVersion = connection.TlsVersion,
        HandshakeFailure = connection.HandshakeFailure,
        Requests = [.. connection.Requests.Select(request => new RequestState(request.Line, request.StatusCode))],
    };
}
