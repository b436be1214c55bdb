using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Http;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange;

/// <summary>The headers by which an answer shows its server (protocol.md 5.5), and the order in which IIS sends headers.</summary>
internal sealed class NodeSignature(TimeProvider time, SeededGuids requestIds)
{
    /// <summary>A response header with which a mapping file says that its answer shall not show the server: its value is <c>None</c>.</summary>
    public const string IdentityHeader = CallFacts.HeaderPrefix + "Identity";

    /// <summary>
    /// The order of the captured answers: the 401 of autodiscover.xml [RECON] and OPTIONS [ASHTTP-43]; what neither has stands
    /// where IIS puts its like.
    /// </summary>
    private static readonly IReadOnlyList<string> Order =
    [
        "Cache-Control", "Allow", "Content-Type", "Location", "Server", "request-id", "X-CalculatedBETarget", "jsonerror",
        "x-ms-diagnostics", "MS-Server-ActiveSync", "MS-ASProtocolVersions", "MS-ASProtocolCommands", "Public", "X-SOAP-Enabled",
        "X-WSSecurity-Enabled", "X-WSSecurity-For", "X-OAuth-Enabled", "X-OWA-Version", "X-DiagInfo", "X-BEServer", "X-AspNet-Version",
        "WWW-Authenticate", "X-Powered-By", "X-FEServer", "Date", "Connection", "Content-Length",
    ];

    /// <summary>Adds what the answer does not say itself.</summary>
    public void Sign(HttpContext context, ExchangeNode node, string operation, Verdict verdict)
    {
        context.SetResponseHeaderOrder(Order);
        var headers = context.Response.Headers;
        headers.Date = time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (string.Equals(headers[IdentityHeader], "None", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        headers.TryAdd("Server", node.Build.Server);
        headers.TryAdd("X-Powered-By", "ASP.NET");
        if (string.Equals(operation, Operations.Other, StringComparison.Ordinal) || string.Equals(operation, Operations.HealthCheck, StringComparison.Ordinal))
        {
            return;
        }

        headers.TryAdd("X-AspNet-Version", node.Build.AspNetVersion);
        if (!node.Build.HasFrontEnd)
        {
            return;
        }

        headers.TryAdd("request-id", requestIds.Next().ToString());
        headers.TryAdd("X-FEServer", node.NetBiosName);
        if (verdict.ReachesBackEnd)
        {
            headers.TryAdd("X-CalculatedBETarget", node.Fqdn);
            headers.TryAdd("X-DiagInfo", node.NetBiosName);
            headers.TryAdd("X-BEServer", node.NetBiosName);
        }

        if (string.Equals(operation, Operations.Owa, StringComparison.Ordinal))
        {
            headers.TryAdd("X-OWA-Version", node.Build.Version.ToString());
        }
    }
}
