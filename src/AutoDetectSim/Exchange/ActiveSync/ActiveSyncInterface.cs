using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>Exchange ActiveSync: the challenge that AutoDetect looks for, and OPTIONS.</summary>
internal sealed class ActiveSyncInterface : IExchangeInterface
{
    private const string Path = "/Microsoft-Server-ActiveSync";
    private const string BasicChallenge = "basicChallenge";
    private const string HybridModernChallenge = "hybridModernChallenge";
    private const string ModernOffChallenge = "modernOffChallenge";
    private const string OptionsAnswer = "options";
    private const string NotImplemented = "notImplemented";

    /// <inheritdoc />
    public string Operation => Operations.ActiveSync;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(Path);

    /// <inheritdoc />
    public ValueTask<Verdict> JudgeAsync(ExchangeRequest request, Organization organization) =>
        ValueTask.FromResult(Judge(request, organization));

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return Define(BasicChallenge, facts => Unauthorized(Basic(facts)));
        yield return Define(HybridModernChallenge, facts => Unauthorized(("WWW-Authenticate", ActiveSyncChallenge.HybridModern(organization)), Basic(facts)));
        yield return Define(ModernOffChallenge, facts => Unauthorized(
            Basic(facts),
            ("WWW-Authenticate", ActiveSyncChallenge.NotEnabled()),
            ("x-ms-diagnostics", ActiveSyncChallenge.NotEnabledDiagnostics(facts[CallFacts.Host]))));
        yield return Define(OptionsAnswer, facts =>
        {
            var build = ExchangeBuild.Parse(facts[CallFacts.Build]);
            return Answer.Empty(
                200,
                ("Cache-Control", "private"),
                ("Allow", "OPTIONS,POST"),
                ("MS-Server-ActiveSync", build.ActiveSyncVersion),
                ("MS-ASProtocolVersions", build.ActiveSyncProtocolVersions),
                ("MS-ASProtocolCommands", build.ActiveSyncProtocolCommands),
                ("Public", "OPTIONS,POST"));
        });
        yield return Define(NotImplemented, _ => Answer.Empty(501, ("Cache-Control", "private")));
    }

    private static AnswerDefinition Define(string name, Func<CallFacts, Answer> give) => new(Operations.ActiveSync, name, give);

    private static Answer Unauthorized(params (string, string)[] headers) => Answer.Empty(401, headers);

    private static (string, string) Basic(CallFacts facts) => ("WWW-Authenticate", ActiveSyncChallenge.Basic(facts[CallFacts.Host]));

    private static Verdict Judge(ExchangeRequest request, Organization organization)
    {
        if (!Credentials.AreAccepted(request.Authorization, organization))
        {
            return new Verdict(request.Authorization.IsEmptyBearer ? ChallengeOf(request.Node.Auth) : BasicChallenge);
        }

        return string.Equals(request.Context.Request.Method, "OPTIONS", StringComparison.Ordinal)
            ? new Verdict(OptionsAnswer) { ReachesBackEnd = true }
            : new Verdict(NotImplemented);
    }

    // A server offers Bearer only to a client that has said Bearer itself ([EASOAUTH]).
    private static string ChallengeOf(AuthenticationMode mode) => mode switch
    {
        AuthenticationMode.HybridModern => HybridModernChallenge,
        AuthenticationMode.ModernOff => ModernOffChallenge,
        _ => BasicChallenge,
    };
}
