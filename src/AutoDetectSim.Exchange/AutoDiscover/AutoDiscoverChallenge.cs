using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The 401 of the older AutoDiscover interfaces, by whose headers EWS clients choose ([RECON], [EWSMA]).</summary>
internal static class AutoDiscoverChallenge
{
    /// <summary>Headers that say which ways of talking the virtual directory offers.</summary>
    public static IReadOnlyList<(string Name, string Value)> Capabilities(ExchangeBuild build) => build.HasFrontEnd
        ? [("X-SOAP-Enabled", "True"), ("X-WSSecurity-Enabled", "True"), ("X-WSSecurity-For", "None"), ("X-OAuth-Enabled", "True")]
        : [("X-SOAP-Enabled", "True"), ("X-WSSecurity-Enabled", "True"), ("X-WSSecurity-For", "None")];

    /// <summary>Which challenge a caller gets that is not logged on.</summary>
    public static Handling Choose(ExchangeRequest request, LogonVerdict logon) => WindowsChallenge.Of(logon) ??
        new Handling(logon.Result != LogonResult.Anonymous && request.Node.Auth == AuthenticationMode.HybridModern ? PoxAnswers.BearerChallenge : PoxAnswers.Challenge);

    /// <summary>The answer to an anonymous request; with an organization it offers hybrid modern authentication too.</summary>
    public static Answer Unauthorized(RequestFacts facts, Organization organization) => Unauthorized(facts, [ActiveSyncChallenge.HybridModernValue(organization)]);

    /// <summary>The answer to an anonymous request.</summary>
    public static Answer Unauthorized(RequestFacts facts) => Unauthorized(facts, []);

    private static Answer Unauthorized(RequestFacts facts, IEnumerable<string> first) => Answer.Empty(
        401,
        [
            ("Cache-Control", "private"),
            .. Capabilities(ExchangeBuild.Parse(facts[RequestFacts.Build])),
            .. first.Concat(["Negotiate", "NTLM", $"Basic realm=\"{facts[RequestFacts.Realm]}\""]).Select(challenge => ("WWW-Authenticate", challenge)),
        ]);
}
