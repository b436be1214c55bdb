using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange;

/// <summary>One HTTP interface of Exchange: which requests are its own, how it answers them, and every answer that it has.</summary>
internal interface IExchangeInterface
{
    /// <summary>The value of <see cref="RequestFacts.Operation"/> for requests of this interface.</summary>
    string Operation { get; }

    /// <summary>Whether a request is for this interface.</summary>
    bool Accepts(ExchangeRequest request);

    /// <summary>Decides how a request is answered.</summary>
    ValueTask<Handling> JudgeAsync(ExchangeRequest request, Organization organization);

    /// <summary>All answers of this interface for one organization.</summary>
    IEnumerable<AnswerDefinition> Answers(Organization organization);
}

/// <summary>How one request is answered.</summary>
/// <param name="Case">The case of the interface's answers.</param>
internal sealed record Handling(string Case)
{
    /// <summary>Facts beyond those that every call has, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Whether a mailbox server took part, which X-CalculatedBETarget then names.</summary>
    public bool ReachesBackEnd { get; init; }

    /// <summary>The node that holds the mailbox, where it is not the one that was asked.</summary>
    public string? MailboxServer { get; init; }
}
