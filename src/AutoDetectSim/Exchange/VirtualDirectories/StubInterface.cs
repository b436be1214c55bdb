using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>
/// A virtual directory of which only the anonymous answer matters: its authentication methods, by which tools recognise
/// Exchange ([GUC]).
/// </summary>
internal sealed class StubInterface(string operation, string folder, params string[] methods) : IExchangeInterface
{
    private const string Challenge = "challenge";

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
    public ValueTask<Verdict> JudgeAsync(ExchangeRequest request, Organization organization) => ValueTask.FromResult(new Verdict(Challenge));

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Challenge, facts => Answer.Empty(401, [.. methods.Select(method => Method(method, facts))]));
    }

    private static (string, string) Method(string method, CallFacts facts) =>
        ("WWW-Authenticate", string.Equals(method, "Basic", StringComparison.Ordinal) ? $"Basic realm=\"{facts[CallFacts.Host]}\"" : method);
}
