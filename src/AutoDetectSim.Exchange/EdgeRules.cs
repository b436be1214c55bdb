using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Exchange;

/// <summary>What answers before Exchange does: a device in front, URL Rewrite, request filtering, an application pool that is stopped.</summary>
internal static class EdgeRules
{
    private const string LogonPage = "/CookieAuth.dll";
    private const string LogonForm = "logonForm";
    private const string LogonRedirect = "logonRedirect";
    private const string LogonChallenge = "logonChallenge";
    private const string Filtered = "filtered";
    private const string Offline = "offline";

    private static readonly (string Folder, VirtualDirectory Directory)[] Folders =
    [
        ("/autodiscover", VirtualDirectory.AutoDiscover),
        ("/owa", VirtualDirectory.Owa),
        ("/ecp", VirtualDirectory.Ecp),
        ("/ews", VirtualDirectory.Ews),
        (ExchangePaths.ActiveSync, VirtualDirectory.ActiveSync),
        ("/mapi", VirtualDirectory.Mapi),
        ("/rpc", VirtualDirectory.Rpc),
        ("/oab", VirtualDirectory.Oab),
        ("/powershell", VirtualDirectory.PowerShell),
    ];

    /// <summary>The device that answers instead of Exchange, or null when the request may pass.</summary>
    public static Gated? Judge(ExchangeRequest request, Organization organization)
    {
        var node = request.Node;
        if (node.PreAuthentication != PreAuthentication.None)
        {
            return new Gated(Operations.Device, JudgeDevice(request));
        }

        if (IsAborted(request))
        {
            return Gated.Abort;
        }

        var userAgent = request.Context.Request.Headers.UserAgent.ToString();
        if (organization.Definition.BlockedUserAgents.Any(blocked => userAgent.Contains(blocked, StringComparison.OrdinalIgnoreCase)))
        {
            return new Gated(Operations.Iis, new Handling(Filtered));
        }

        return DirectoryOf(request) is { } directory && !node.IsOnline(directory) ? new Gated(Operations.Iis, new Handling(Offline)) { HttpError = "AppOffline" } : null;
    }

    /// <summary>The answers of all gates.</summary>
    public static IEnumerable<AnswerDefinition> Answers()
    {
        yield return new AnswerDefinition(Operations.Device, LogonForm, _ => Answer.Text(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\r\n<html><head><title>Logon</title></head>\r\n<body><form method=\"POST\" action=\"/CookieAuth.dll?Logon\">"
            + "<input name=\"username\"/><input name=\"password\" type=\"password\"/><input type=\"submit\" value=\"Log On\"/></form></body></html>\r\n",
            ("Cache-Control", "no-cache, no-store")));
        yield return new AnswerDefinition(Operations.Device, LogonRedirect, facts => Answer.Empty(302, ("Location", facts[RequestFacts.Url])));
        yield return new AnswerDefinition(Operations.Device, LogonChallenge, facts => Answer.Empty(401, ("WWW-Authenticate", $"Basic realm=\"{facts[RequestFacts.Realm]}\"")));
        yield return new AnswerDefinition(Operations.Iis, Filtered, _ => IisAnswers.Forbidden());
        yield return new AnswerDefinition(Operations.Iis, Offline, _ => IisAnswers.ServiceUnavailable());
    }

    private static VirtualDirectory? DirectoryOf(ExchangeRequest request)
    {
        foreach (var (folder, directory) in Folders)
        {
            if (request.IsBelow(folder))
            {
                return directory;
            }
        }

        return null;
    }

    private static Handling JudgeDevice(ExchangeRequest request) => request.Node.PreAuthentication switch
    {
        PreAuthentication.Redirect when !request.Path.StartsWith(LogonPage, StringComparison.OrdinalIgnoreCase) => new Handling(LogonRedirect)
        {
            Facts = [(RequestFacts.Url, $"https://{request.Host}{LogonPage}?GetLogon?curl={Uri.EscapeDataString(request.Path)}&reason=0&formdir=3")],
        },
        PreAuthentication.Basic => new Handling(LogonChallenge),
        _ => new Handling(LogonForm),
    };

    // The rules as the mitigations of 2022 wrote them ([WAFPAT], [EOMT2]), without the cost of their expressions.
    private static bool IsAborted(ExchangeRequest request)
    {
        if (request.Node.UrlRewrite == UrlRewriteRule.None)
        {
            return false;
        }

        var sent = request.Context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return request.Node.UrlRewrite switch
        {
            UrlRewriteRule.Narrow => sent.Contains("autodiscover", StringComparison.OrdinalIgnoreCase) && sent.Contains("powershell", StringComparison.OrdinalIgnoreCase),
            UrlRewriteRule.Broad => IsBroad(sent),
            _ => IsBroad(Uri.UnescapeDataString(sent)),
        };
    }

    private static bool IsBroad(string url) =>
        url.IndexOf("autodiscover.json", StringComparison.OrdinalIgnoreCase) is >= 0 and var start && url.IndexOf('@', start) >= 0;
}

/// <summary>What a gate decided.</summary>
/// <param name="Operation">The operation of the answer; null to abort the connection.</param>
/// <param name="Verdict">The answer.</param>
internal sealed record Gated(string? Operation, Handling Verdict)
{
    /// <summary>The connection ends without an answer, as the AbortRequest action of URL Rewrite does it.</summary>
    public static Gated Abort { get; } = new(null, new Handling("")) { HttpError = "Connection_Dropped" };

    /// <summary>The word for it in the error log of HTTP.sys; null: the log of IIS has it.</summary>
    public string? HttpError { get; init; }
}
