using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.FrontDoor;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect;

/// <summary>Simulates <see cref="SovereignClouds.Host"/>: reports in which cloud and tenant a domain is ([S-PROBE], [HIMMELBLAU]).</summary>
/// <param name="definition">Names the domains in sovereign clouds.</param>
/// <param name="tenantOf">The tenant of a domain, or of a tenant's GUID; null where there is none.</param>
internal sealed class FederationProviderEndpoint(AutoDetectDefinition definition, Func<string, Guid?> tenantOf)
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

        var domain = request.Query["domain"].ToString();
        var body = CompactJson.Write((Cloud: _clouds.GetValueOrDefault(domain), Tenant: tenantOf(domain)), static (writer, known) =>
        {
            var (authority, graph) = HostsOf(known.Cloud);
            writer.WriteStartObject();
            if (known.Cloud is not null || known.Tenant is not null)
            {
                writer.WriteOptional("tenantId"u8, known.Tenant?.ToString());
                writer.WriteString("environment"u8, known.Cloud ?? "Global");
                writer.WriteString("authority_host"u8, authority);
                writer.WriteString("graph"u8, graph);
            }

            writer.WriteString("configProviderName"u8, known.Cloud ?? string.Empty);
            writer.WriteEndObject();
        }).ToArray();
        context.Response.ContentType = HeaderWriter.Json;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static (string Authority, string Graph) HostsOf(string? cloud) => cloud?.ToUpperInvariant() switch
    {
        "MICROSOFTONLINE.US" => ("login.microsoftonline.us", "https://graph.microsoft.us"),
        "MICROSOFTONLINE.MIL" => ("login.microsoftonline.us", "https://dod-graph.microsoft.us"),
        "PARTNER.MICROSOFTONLINE.CN" => ("login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"),
        "MICROSOFTONLINE.DE" => ("login.microsoftonline.de", "https://graph.microsoft.de"),
        _ => ("login.microsoftonline.com", "https://graph.microsoft.com"),
    };
}
