using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange;

/// <summary>The headers by which an answer shows its server ([GUC], [BASICDOC], [PROXYSH]), and the order in which IIS sends headers.</summary>
internal sealed class NodeSignature(TimeProvider time, SeededStream requestIds)
{
    /// <summary>A response header with which a mapping file says that its answer shall not show the server: its value is <c>None</c>.</summary>
    public const string IdentityHeader = RequestFacts.HeaderPrefix + "Identity";

    /// <summary>
    /// The order of the captured answers: the 401 of autodiscover.xml [RECON] and OPTIONS [ASHTTP-43]; what neither has stands
    /// where IIS puts its like.
    /// </summary>
    private static readonly IReadOnlyList<string> Order =
    [
        "Cache-Control", "Allow", "Content-Type", "Location", "Server", "request-id", "X-CalculatedFETarget", "X-BackEndHttpStatus", "X-CalculatedBETarget", "jsonerror",
        "x-ms-diagnostics", "MS-Server-ActiveSync", "X-MS-RP", "MS-ASProtocolVersions", "MS-ASProtocolCommands", "Public", "X-MS-BackOffDuration", "X-MS-Location", "X-MS-Credentials-Expire", "X-SOAP-Enabled",
        "X-WSSecurity-Enabled", "X-WSSecurity-For", "X-OAuth-Enabled", "X-OWA-Version", "X-DiagInfo", "X-BEServer", "X-AspNet-Version",
        "Set-Cookie", "WWW-Authenticate", "X-Powered-By", "X-FEServer", "Date", "Connection", "Content-Length",
    ];

    /// <summary>Adds what the answer does not say itself.</summary>
    public void Sign(HttpContext context, ExchangeNode node, string operation, Handling verdict)
    {
        context.SetResponseHeaderOrder(Order);
        var headers = context.Response.Headers;
        headers.Date = time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (string.Equals(headers[IdentityHeader], "None", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (operation is Operations.Device or Operations.Login)
        {
            return;
        }

        Pass(headers, node.Challenges);
        headers.TryAdd("Server", node.Build.Server);
        headers.TryAdd("X-Powered-By", "ASP.NET");
        if (operation is Operations.Other or Operations.HealthCheck or Operations.Iis)
        {
            return;
        }

        var isChallenge = context.Response.StatusCode == StatusCodes.Status401Unauthorized && !verdict.ReachesBackEnd;
        if (!isChallenge || !HidesAspNet(node, operation))
        {
            headers.TryAdd("X-AspNet-Version", node.Build.AspNetVersion);
        }

        if (!node.Build.HasFrontEnd)
        {
            return;
        }

        headers.TryAdd("request-id", requestIds.NextGuid().ToString());
        headers.TryAdd("X-FEServer", node.NetBiosName);
        if (verdict.ReachesBackEnd)
        {
            var server = verdict.MailboxServer?.ToUpperInvariant() ?? node.NetBiosName;
            headers.TryAdd("X-CalculatedBETarget", node.FqdnOf(server));
            headers.TryAdd("X-DiagInfo", server);
            headers.TryAdd("X-BEServer", server);
        }

        if (operation is Operations.Owa || (isChallenge && node.Build.IsNamedIn401))
        {
            headers.TryAdd("X-OWA-Version", node.Build.Version.ToString());
        }
    }

    // The front end refuses ActiveSync before ASP.NET has seen the request ([HMAIMG], [QA1792037]); with newer builds, everything else as well.
    private static bool HidesAspNet(ExchangeNode node, string operation) => node.Build.IsNamedIn401 || (operation is Operations.ActiveSync && node.Build.HasFrontEnd);

    // What a proxy between the node and the client makes of the challenges.
    private static void Pass(IHeaderDictionary headers, ChallengeHandling handling)
    {
        switch (handling)
        {
            case ChallengeHandling.Merged when headers.WWWAuthenticate.Count > 1:
                headers.WWWAuthenticate = string.Join(", ", headers.WWWAuthenticate.ToArray());
                break;
            case ChallengeHandling.Removed:
                headers.Remove("WWW-Authenticate");
                break;
        }
    }
}
