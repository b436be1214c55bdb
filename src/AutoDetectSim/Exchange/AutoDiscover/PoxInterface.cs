using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>AutoDiscover with plain old XML: autodiscover.xml.</summary>
internal sealed class PoxInterface : IExchangeInterface
{
    private const string Path = "/autodiscover/autodiscover.xml";
    private const string Challenge = "challenge";

    /// <inheritdoc />
    public string Operation => Operations.AutoDiscoverPox;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => request.IsBelow(Path);

    /// <inheritdoc />
    public ValueTask<Verdict> JudgeAsync(ExchangeRequest request, Organization organization) => ValueTask.FromResult(new Verdict(Challenge));

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Challenge, AutoDiscoverChallenge.Unauthorized);
    }
}
