using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>
/// A virtual directory of which logons alone matter: its authentication methods, by which tools recognise Exchange ([GUC]), and
/// whether access is granted.
/// </summary>
internal sealed class StubInterface(LogonService logons, string operation, string folder, params string[] methods) : IExchangeInterface
{
    private const string Challenge = "challenge";
    private const string BearerChallenge = "bearerChallenge";
    private const string NotPresent = "notPresent";
    private const string ServicePage = "servicePage";
    private const string NotImplemented = "notImplemented";

    /// <summary>The virtual directories of a server as the anonymous caller sees them ([GUC], Exchange 2019 CU15; the REST interface [APIAUDIT]).</summary>
    public static IReadOnlyList<IExchangeInterface> All(LogonService logons) =>
    [
        new StubInterface(logons, Operations.Ews, "/ews", "Negotiate", "NTLM"),
        new StubInterface(logons, Operations.Mapi, "/mapi", "Negotiate", "NTLM"),
        new StubInterface(logons, Operations.Oab, "/oab", "Negotiate", "NTLM"),
        new StubInterface(logons, Operations.Rpc, "/rpc", "Negotiate", "NTLM", "Basic"),
        new StubInterface(logons, Operations.PowerShell, "/powershell", "Negotiate"),
        new StubInterface(logons, Operations.Rest, "/api", "Negotiate", "NTLM"),
    ];

    /// <inheritdoc />
    public string Operation => operation;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(folder);

    /// <inheritdoc />
    public async ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        if ((operation is Operations.Mapi && !request.Node.Build.HasMapiOverHttp) || (operation is Operations.Rest && !request.Node.Build.HasAutoDiscoverV2ForEws))
        {
            return new Handling(NotPresent);
        }

        var logon = Offers(request.Authorization) ? await logons.JudgeAsync(request, organization, CheckOn(request.Node)) : LogonVerdict.Anonymous;
        if (logon.Result == LogonResult.Accepted)
        {
            return new Handling(HttpMethods.IsGet(request.Context.Request.Method) ? ServicePage : NotImplemented) { ReachesBackEnd = true };
        }

        return WindowsChallenge.Of(logon) ?? new Handling(HasTokens && request.Authorization.Token is not null && request.Node.Auth == AuthenticationMode.HybridModern ? BearerChallenge : Challenge);
    }

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Challenge, facts => Answer.Empty(401, Methods(facts)));
        yield return new AnswerDefinition(Operation, BearerChallenge, facts => Answer.Empty(
            401, [("WWW-Authenticate", ActiveSyncChallenge.HybridModernValue(organization)), .. Methods(facts)]));
        yield return WindowsChallenge.Define(Operation);
        yield return new AnswerDefinition(Operation, NotPresent, _ => IisAnswers.NotFound());
        yield return new AnswerDefinition(Operation, NotImplemented, _ => Answer.Empty(501, ("Cache-Control", "private")));
        yield return new AnswerDefinition(Operation, ServicePage, facts => Answer.Text(
            200,
            "text/html; charset=utf-8",
            $"<HTML><HEAD><TITLE>Exchange</TITLE></HEAD><BODY><P>{folder} of {facts[RequestFacts.Server].ToUpperInvariant()} answers.</P></BODY></HTML>",
            ("Cache-Control", "private")));
    }

    // Hybrid modern authentication is switched on for these virtual directories as well ([HMACFG]).
    private bool HasTokens => operation is Operations.Ews or Operations.Mapi or Operations.Oab;

    private bool Offers(RequestAuthorization authorization) =>
        authorization.Token is not null ? HasTokens : authorization.UserName is null || methods.Contains("Basic", StringComparer.Ordinal);

    // The settings that Exchange's own script makes ([CSSEP]).
    private ChannelBindingCheck CheckOn(ExchangeNode node) => !node.HasExtendedProtection ? ChannelBindingCheck.None : operation switch
    {
        Operations.Mapi or Operations.Rpc => ChannelBindingCheck.Require,
        Operations.Ews or Operations.Oab => ChannelBindingCheck.Allow,
        _ => ChannelBindingCheck.None,
    };

    private (string, string)[] Methods(RequestFacts facts) =>
        [.. methods.Select(method => ("WWW-Authenticate", method is "Basic" ? $"Basic realm=\"{facts[RequestFacts.Realm]}\"" : method))];
}
