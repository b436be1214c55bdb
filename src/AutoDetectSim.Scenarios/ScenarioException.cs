using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Scenarios;

/// <summary>Thrown when a scenario is not valid or cannot be found; the message lists all problems, one per line.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>Creates the exception from problems.</summary>
    /// <param name="problems">All problems; at least one.</param>
    public ScenarioException(IReadOnlyList<DocumentProblem> problems)
        : base(string.Join('\n', (problems ?? throw new ArgumentNullException(nameof(problems))).Select(problem => problem.ToString())))
    {
        Problems = problems;
    }

    /// <summary>All problems.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; }

    /// <summary>Fills in the defaults of a scenario and validates it. A scenario that is known to be valid is returned unchanged.</summary>
    /// <exception cref="ScenarioException">The scenario is not valid.</exception>
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
