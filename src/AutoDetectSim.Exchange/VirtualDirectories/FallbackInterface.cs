using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.VirtualDirectories;

/// <summary>Everything else that a web server is asked: the root leads to OWA, nothing else exists.</summary>
internal sealed class FallbackInterface : IExchangeInterface
{
    private const string Root = "root";
    private const string NotFound = "notFound";

    /// <inheritdoc />
    public string Operation => Operations.Other;

    /// <inheritdoc />
    public bool Accepts(ExchangeRequest request) => true;

    /// <inheritdoc />
    public ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization) =>
        ValueTask.FromResult(request.Path is "/" or ""
            ? new Handling(Root) { Facts = [(RequestFacts.Url, $"https://{request.Context.Request.Host.Value}/owa/")] }
            : new Handling(NotFound));

    /// <inheritdoc />
    public IEnumerable<AnswerDefinition> Answers(Organization organization)
    {
        yield return new AnswerDefinition(Operation, Root, facts => Answer.ObjectMoved(facts[RequestFacts.Url]));
        yield return new AnswerDefinition(Operation, NotFound, _ => IisAnswers.NotFound());
    }
}
