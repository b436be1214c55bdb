using System.Text;
using System.Text.Json.Nodes;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>
/// The login endpoint: its metadata, its keys, and what applications and people ask it for. Both versions of its paths, at every host that it has.
/// </summary>
internal sealed class EntraInterface(EntraTenants tenants, EntraKeys keys, EntraState state)
{
    private const string Discovery = "discovery";
    private const string Failed = "error";
    private const string Keys = "keys";
    private const string Metadata = "metadata";
    private const string NotFound = "notFound";
    private const string Page = "page";
    private const string Redirected = "redirect";
    private const string Tokens = "token";
    private const string Version2 = "v2.0";

    private static readonly string[] Endpoints = ["authorize", "token", "devicecode", "deviceauth", "logout"];

    private static readonly (string, string)[] Common =
        [("Strict-Transport-Security", "max-age=31536000; includeSubDomains"), ("X-Content-Type-Options", "nosniff"), ("P3P", "CP=\"DSP CUR OTPi IND OTRi ONL FIN\"")];

    private static readonly (string, string)[] Kept =
        [("Cache-Control", "max-age=86400, private"), .. Common, ("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "GET, OPTIONS")];

    private static readonly (string, string)[] Fresh = [("Cache-Control", "no-store, no-cache"), ("Pragma", "no-cache"), ("Expires", "-1"), .. Common];

    private readonly EntraTokenEndpoint _tokens = new(tenants, state.Grants, state.Tokens);

    private EntraSignIn SignIn => new(tenants, state.Grants, _tokens);

    /// <summary>The hosts of the login endpoint ([AZSDK]).</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["login.windows.net", "login.microsoftonline.com", "login.microsoft.com", "sts.windows.net"];

    /// <summary>All answers. What they say is in the fact <see cref="RequestFacts.Detail"/>.</summary>
    public static IEnumerable<AnswerDefinition> Answers()
    {
        foreach (var kept in (string[])[Metadata, Keys, Discovery])
        {
            yield return Define(kept, facts => Json(200, facts, Kept));
        }

        yield return Define(Tokens, facts => Json(200, facts, [.. Fresh, ("x-ms-clitelem", "1,0,0,,")]));
        yield return Define(Failed, facts => Json(400, facts, [.. Fresh, ("x-ms-clitelem", $"1,{facts[RequestFacts.Status]},0,,")]));
        yield return Define(Page, facts => Answer.Text(200, "text/html; charset=utf-8", facts[RequestFacts.Detail], [.. Fresh, Trace(facts)]));
        yield return Define(Redirected, facts => Answer.ObjectMoved(facts[RequestFacts.Detail], [.. Fresh, Trace(facts)]));
        yield return Define(NotFound, _ => IisAnswers.NotFound());
    }

    /// <summary>Decides how a request is answered.</summary>
    public Handling Judge(ExchangeRequest request)
    {
        var segments = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is [var device] && Is(device, "device"))
        {
            return Show(SignIn.Device(posted: null));
        }

        if (segments.Length < 2)
        {
            return new Handling(NotFound);
        }

        var rest = segments[1..];
        if (Is(rest, "discovery", "instance"))
        {
            return Instances(request);
        }

        if (Is(rest[0], "userrealm"))
        {
            return UserRealm(request, rest.Length > 1 ? rest[1] : request.Query("user"));
        }

        if (tenants.Find(segments[0]) is not { } tenant)
        {
            return IsKnownPath(rest) ? Fail(EntraError.UnknownTenant(segments[0])) : new Handling(NotFound);
        }

        return Judge(request, segments[0], tenant, rest);
    }

    private Handling Judge(ExchangeRequest request, string segment, EntraTenant tenant, string[] rest)
    {
        if (Is(rest, ".well-known", "openid-configuration") || Is(rest, Version2, ".well-known", "openid-configuration"))
        {
            return Say(Metadata, EntraDocuments.Metadata(tenant, isVersion2: Is(rest[0], Version2)));
        }

        if (Is(rest, Discovery, Keys) || Is(rest, Discovery, Version2, Keys))
        {
            return new Handling(Keys) { Facts = [(RequestFacts.Detail, keys.Document), NewTrace()] };
        }

        var isPost = HttpMethods.IsPost(request.Context.Request.Method);
        var posted = Reader(isPost ? QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span)) : []);
        if (Is(rest, "login") && isPost)
        {
            return Show(SignIn.SignIn(segment, tenant, posted));
        }

        var isVersion2 = rest.Length == 3 && Is(rest[1], Version2);
        if (!Is(rest[0], "oauth2") || (rest.Length != 2 && !isVersion2))
        {
            return new Handling(NotFound);
        }

        switch (rest[^1].ToUpperInvariant())
        {
            case "AUTHORIZE":
                var query = isPost ? Encoding.UTF8.GetString(request.Body.Span) : request.Context.Request.QueryString.Value?.TrimStart('?') ?? string.Empty;
                return Show(SignIn.Authorize(segment, query, isPost ? posted : Reader(QueryHelpers.ParseQuery(query))));
            case "TOKEN" when isPost:
                return Say(_tokens.Redeem(tenant, isVersion2, posted));
            case "DEVICECODE":
                return Say(_tokens.BeginDevice(isVersion2, isPost ? posted : request.Query));
            case "DEVICEAUTH":
                return Show(SignIn.Device(isPost ? posted : null));
            case "LOGOUT":
                return Show(EntraPage.Of("You signed out of your account", "It's a good idea to close all browser windows."));
            default:
                return new Handling(NotFound);
        }
    }

    private Handling Instances(ExchangeRequest request)
    {
        // The tenant's metadata is at the place that the authorization endpoint names, whatever host it has.
        if (request.Query("authorization_endpoint") is not { } text || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Segments.Length < 2)
        {
            return Fail(EntraError.UnknownInstance);
        }

        var isVersion2 = url.AbsolutePath.Contains($"/{Version2}/", StringComparison.OrdinalIgnoreCase);
        return Hosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)
            ? Say(Discovery, EntraDocuments.Instances(url.Segments[1].TrimEnd('/'), isVersion2 ? Version2 + "/" : string.Empty))
            : Fail(EntraError.UnknownInstance);
    }

    private Handling UserRealm(ExchangeRequest request, string? user)
    {
        if (string.IsNullOrEmpty(user))
        {
            return Fail(EntraError.Missing("user"));
        }

        var domain = EntraDocuments.DomainOf(user);
        var organization = tenants.OfUser(user);
        return Say(Discovery, request.Query("api-version") is { } version && version.StartsWith('2')
            ? EntraDocuments.UserRealm2(organization, user, domain)
            : EntraDocuments.UserRealm(organization, domain));
    }

    private Handling Say((JsonObject? Answer, EntraError? Error) result) => result.Answer is { } answer ? Say(Tokens, answer) : Fail(result.Error!);

    private Handling Say(string name, JsonObject document) => new(name) { Facts = [(RequestFacts.Detail, EntraJson.Write(document)), NewTrace()] };

    private Handling Show(EntraPage page) =>
        new(page.Kind == EntraPageKind.Redirect ? Redirected : Page) { Facts = [(RequestFacts.Detail, page.Text), NewTrace()] };

    private Handling Fail(EntraError error)
    {
        var trace = state.NextId();
        return new Handling(Failed)
        {
            Facts =
            [
                (RequestFacts.Detail, error.Document(state.NextId(), state.Now, trace)),
                (RequestFacts.Status, error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                (RequestFacts.TraceId, trace.ToString()),
            ],
        };
    }

    private (string, string) NewTrace() => (RequestFacts.TraceId, state.NextId().ToString());

    private static bool IsKnownPath(string[] rest) =>
        Is(rest[^1], "openid-configuration") || Is(rest, "login") || Is(rest[0], Discovery) || (Is(rest[0], "oauth2") && Array.Exists(Endpoints, endpoint => Is(rest[^1], endpoint)));

    private static Func<string, string?> Reader(Dictionary<string, StringValues> values) =>
        name => values.TryGetValue(name, out var found) && found.ToString() is { Length: > 0 } text ? text : null;

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool Is(string[] segments, params string[] expected) => segments.SequenceEqual(expected, StringComparer.OrdinalIgnoreCase);

    private static AnswerDefinition Define(string name, Func<RequestFacts, Answer> give) => new(Operations.Login, name, give);

    private static Answer Json(int status, RequestFacts facts, (string, string)[] headers) =>
        Answer.Text(status, "application/json; charset=utf-8", facts[RequestFacts.Detail], [.. headers, Trace(facts)]);

    private static (string, string) Trace(RequestFacts facts) => ("x-ms-request-id", facts[RequestFacts.TraceId]);
}
