using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Output;

/// <summary>Reads scenario files for commands.</summary>
internal static class ScenarioFiles
{
    /// <summary>The help text of an argument or option that takes a scenario.</summary>
    public const string FileOrName = "a file, or a name from the scenario library";

    /// <summary>Loads one scenario: a file, otherwise the library's scenario of that name.</summary>
    /// <exception cref="InputException">There is neither, or the file is not valid.</exception>
    public static Scenario Load(string nameOrPath)
    {
        var result = ScenarioLibrary.Load(nameOrPath);
        return result.Problems.Count == 0 && result.Scenario is not null
            ? result.Scenario
            : throw new InputException(string.Join(Environment.NewLine, result.Problems.Select(problem => problem.ToString())));
    }

    /// <summary>Finds scenarios by path, folder, name and theme. <see cref="ScenarioLibrary.Load"/> reads what is found.</summary>
    /// <exception cref="InputException">Something does not exist.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths)
    {
        var problems = new List<string>();
        var found = ScenarioSelection.Find(paths, baseDirectory: string.Empty, problems);
        return problems.Count == 0 ? found : throw new InputException(string.Join(Environment.NewLine, problems));
    }
}
