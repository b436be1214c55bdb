using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>A change of a scenario that cannot be made; nothing has been changed.</summary>
public sealed class ScenarioChangeException : Exception
{
    /// <summary>A change that leads to no sound scenario.</summary>
    /// <param name="change">The change as it was written, or a sentence that says what it is.</param>
    /// <param name="problems">Everything that is wrong; at least one.</param>
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

    /// <summary>The change as it was written, or a sentence that says what it is.</summary>
    public string Change { get; }

    /// <summary>Everything that is wrong; columns count in <see cref="Change"/>.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; }
}
