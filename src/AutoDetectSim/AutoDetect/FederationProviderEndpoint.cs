using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.FrontDoor;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect;

/// <summary>Simulates <see cref="SovereignClouds.Host"/>: reports which domains are in sovereign clouds.</summary>
internal sealed class FederationProviderEndpoint(AutoDetectDefinition definition)
{
    private readonly Dictionary<string, string> _clouds = new(definition.SovereignDomains, StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers one request that came to <see cref="SovereignClouds.Host"/>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.Equals(SovereignClouds.Path, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            context.Response.Headers.Allow = "GET";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var cloud = _clouds.GetValueOrDefault(request.Query["domain"].ToString(), string.Empty);
        var body = CompactJson.Write(cloud, static (writer, name) =>
        {
            writer.WriteStartObject();
            writer.WriteString("configProviderName"u8, name);
            writer.WriteEndObject();
        }).ToArray();
        context.Response.ContentType = HeaderWriter.Json;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
