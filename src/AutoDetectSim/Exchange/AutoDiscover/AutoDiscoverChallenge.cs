using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The 401 of the older AutoDiscover interfaces, by whose headers EWS clients choose ([RECON], [EWSMA]).</summary>
internal static class AutoDiscoverChallenge
{
    /// <summary>Headers that say which ways of talking the virtual directory offers.</summary>
    public static IReadOnlyList<(string Name, string Value)> Capabilities(ExchangeBuild build) => build.HasFrontEnd
        ? [("X-SOAP-Enabled", "True"), ("X-WSSecurity-Enabled", "True"), ("X-WSSecurity-For", "None"), ("X-OAuth-Enabled", "True")]
        : [("X-SOAP-Enabled", "True"), ("X-WSSecurity-Enabled", "True"), ("X-WSSecurity-For", "None")];

    /// <summary>The answer to an anonymous request.</summary>
    public static Answer Unauthorized(CallFacts facts) => Answer.Empty(
        401,
        [
            ("Cache-Control", "private"),
            .. Capabilities(ExchangeBuild.Parse(facts[CallFacts.Build])),
            ("WWW-Authenticate", "Negotiate"),
            ("WWW-Authenticate", "NTLM"),
            ("WWW-Authenticate", $"Basic realm=\"{facts[CallFacts.Host]}\""),
        ]);
}
