using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>Thrown when a change cannot be applied; nothing has been changed.</summary>
public sealed class ScenarioChangeException : Exception
{
    /// <summary>A change that does not lead to a valid scenario.</summary>
    /// <param name="change">The change as it was written, or a sentence that describes it.</param>
    /// <param name="problems">All problems; at least one.</param>
    public ScenarioChangeException(string change, IReadOnlyList<DocumentProblem> problems)
        : base(string.Join('\n', (problems ?? throw new ArgumentNullException(nameof(problems))).Select(problem => $"\"{change}\": {problem.Message}")))
    {
        Change = change;
        Problems = problems;
    }

    internal ScenarioChangeException(string change, string problem, Exception? innerException = null)
        : base($"\"{change}\": {problem}", innerException)
    {
        Change = change;
        Problems = [new DocumentProblem { File = change, Message = problem }];
    }

    /// <summary>The change as it was written, or a sentence that describes it.</summary>
    public string Change { get; }

    /// <summary>All problems; columns refer to <see cref="Change"/>.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; }
}
