using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Scenarios;

/// <summary>A scenario that is not sound, or cannot be found; the message has every problem, a line each.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>A scenario with problems.</summary>
    /// <param name="problems">Everything that is wrong; at least one.</param>
    public ScenarioException(IReadOnlyList<DocumentProblem> problems)
        : base(string.Join('\n', (problems ?? throw new ArgumentNullException(nameof(problems))).Select(problem => problem.ToString())))
    {
        Problems = problems;
    }

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; }

    /// <summary>Fills in what a scenario leaves out, and checks it. A scenario that is known to be sound is returned as it is.</summary>
    /// <exception cref="ScenarioException">It is not sound.</exception>
    internal static Scenario ThrowIfUnsound(Scenario scenario)
    {
        if (SoundScenarios.Contains(scenario))
        {
            return scenario;
        }

        var complete = ScenarioDefaults.Complete(scenario);
        var problems = new ProblemSink(scenario.Name);
        ScenarioValidator.Validate(complete, problems);
        return problems.IsEmpty ? SoundScenarios.Add(complete) : throw new ScenarioException(problems.Problems);
    }
}
