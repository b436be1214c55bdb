using AutoDetectSim.Exchange.ActiveSync;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>
/// A virtual directory of which only the anonymous answer matters: its authentication methods, by which tools recognise
/// Exchange ([GUC]).
/// </summary>
internal sealed class StubInterface(string operation, string folder, params string[] methods) : IExchangeInterface
{
    private const string Challenge = "challenge";
    private const string BearerChallenge = "bearerChallenge";
    private const string NotPresent = "notPresent";

    /// <summary>The virtual directories of a server as the anonymous caller sees them ([GUC], Exchange 2019 CU15).</summary>
    public static IReadOnlyList<IExchangeInterface> All { get; } =
    [
        new StubInterface(Operations.Ews, "/ews", "Negotiate", "NTLM"),
        new StubInterface(Operations.Mapi, "/mapi", "Negotiate", "NTLM"),
        new StubInterface(Operations.Oab, "/oab", "Negotiate", "NTLM"),
        new StubInterface(Operations.Rpc, "/rpc", "Negotiate", "NTLM", "Basic"),
        new StubInterface(Operations.PowerShell, "/powershell", "Negotiate"),
    ];

    /// <inheritdoc />
    public string Operation => operation;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(folder);

    /// <inheritdoc />
    public ValueTask<Verdict> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        if (operation is Operations.Mapi && !request.Node.Build.HasMapiOverHttp)
        {
            return ValueTask.FromResult(new Verdict(NotPresent));
        }

        // Hybrid modern authentication is switched on for these virtual directories as well ([HMACFG]).
        return ValueTask.FromResult(new Verdict(
            operation is Operations.Ews or Operations.Mapi or Operations.Oab && request.Authorization.IsEmptyBearer && request.Node.Auth == AuthenticationMode.HybridModern
                ? BearerChallenge
                : Challenge));
    }

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Challenge, facts => Answer.Empty(401, Methods(facts)));
        yield return new AnswerDefinition(Operation, BearerChallenge, facts => Answer.Empty(
            401, [("WWW-Authenticate", ActiveSyncChallenge.HybridModernValue(organization)), .. Methods(facts)]));
        yield return new AnswerDefinition(Operation, NotPresent, _ => IisAnswers.NotFound());
    }

    private (string, string)[] Methods(CallFacts facts) =>
        [.. methods.Select(method => ("WWW-Authenticate", method is "Basic" ? $"Basic realm=\"{facts[CallFacts.Realm]}\"" : method))];
}
