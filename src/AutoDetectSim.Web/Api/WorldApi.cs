using System.Text.Json.Serialization.Metadata;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Web.Api;

/// <summary>
/// The part of a lab's control interface that explains it: topology by verdict, nodes, live events, detections, checks, the library. Its paths
/// and JSON forms are a contract: they are added to, never renamed. <see cref="LabApi"/> has the other part.
/// </summary>
/// <param name="lab">The lab.</param>
internal sealed class WorldApi(Lab lab)
{
    public const string ClientsPath = "/clients";
    public const string TopologyPath = "/topology";
    public const string NodePath = "/nodes/{virtualIp}/{node}";
    public const string EventsPath = "/events";

    private readonly ChainJudge _judge = new(lab);

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var nodes = new NodeReader(lab, _judge);
        var topology = new TopologyReader(lab, _judge);
        routes.MapGet(ClientsPath, context => ControlServer.WriteAsync(context, [.. KnownClients.All.Select(ClientKind.From)], WorldJson.Default.IReadOnlyListClientKind));
        routes.MapGet(TopologyPath, async context => await ControlServer.WriteAsync(context, await topology.ReadAsync(ClientOf(context), context.RequestAborted), WorldJson.Default.TopologyDocument));
        routes.MapGet(NodePath, async context => await ControlServer.WriteAsync(context, await nodes.ReadAsync(Value(context, "virtualIp"), Value(context, "node"), context.RequestAborted), WorldJson.Default.NodeDocument));
        routes.MapGet(EventsPath, new LabEvents(lab).WriteAsync);
    }

    /// <summary>Maps a request with a JSON body.</summary>
    internal static void Post<TRequest, TAnswer>(IEndpointRouteBuilder routes, string path, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, Func<TRequest, CancellationToken, Task<TAnswer>> answer, int maximum = ControlServer.MaximumBody) =>
        routes.MapPost(path, async context =>
        {
            var request = await ControlServer.ReadAsync(context, requestType, maximum);
            await ControlServer.WriteAsync(context, await answer(request, context.RequestAborted), answerType);
        });

    /// <summary>A part of the path.</summary>
    internal static string Value(HttpContext context, string name) => context.Request.RouteValues[name]?.ToString() ?? string.Empty;

    private static ClientProfile ClientOf(HttpContext context)
    {
        var name = context.Request.Query["client"].ToString();
        return KnownClients.Find(name.Length == 0 ? KnownClients.All[0].Name : name)
            ?? throw new ControlException(StatusCodes.Status400BadRequest, [$"Unknown client '{name}'. Choose from: {string.Join(", ", KnownClients.All.Select(profile => profile.Name))}."]);
    }
}
