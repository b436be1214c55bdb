using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Library;
using AutoDetectSim.Cli.Mcp.Protocol;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>What can be looked up: the scenario library, and the list of lessons without anything that solves one.</summary>
internal static class LibraryTools
{
    private const int FewWords = 20;

    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new(
            "list_scenarios",
            "List scenarios",
            "Lists scenarios of the library with title, symptom and fault, the best match first. Search by the customer's words or by an error code, for example \"works once in twenty tries\" or \"CERT_HAS_EXPIRED\".",
            ToolEffect.Reads,
            [
                new ToolParameter("query", ParameterKind.Text, "Words of the symptom, title or fault. Default: all scenarios."),
                new ToolParameter("theme", ParameterKind.Text, $"Theme of the library: {string.Join(", ", ScenarioLibrary.Folders)}. Default: all themes."),
                new ToolParameter("limit", ParameterKind.WholeNumber, "Number of scenarios to list.") { Minimum = 1, Maximum = 500, Default = FewWords },
            ],
            (arguments, _) => Task.FromResult(List(arguments))),
        new(
            "show_scenario",
            "Show a scenario",
            "Shows the YAML text of a scenario of the library. Use it as a starting point for start_lab with `yaml`.",
            ToolEffect.Reads,
            [new ToolParameter("name", ParameterKind.Text, "Name or id, for example one-in-twenty or chains/self-signed.") { IsRequired = true }],
            (arguments, _) => Task.FromResult(ScenarioLibrary.Text(FilelessScenario.Named(arguments.Required("name"))))),
        new(
            "list_lessons",
            "List lessons",
            "Lists the lessons by which people learn to find these faults. A person starts one in a terminal: autodetectsim learn start NAME. Lessons, their hints and their solutions cannot be reached from here.",
            ToolEffect.Reads,
            [],
            (_, _) => Task.FromResult(ReadableJson.Text(LessonList.Make(LessonLibrary.All, progress: null, folder: string.Empty), LearnJson.Default.LessonList))),
    ];

    private static string List(ToolArguments arguments)
    {
        var theme = arguments.Text("theme");
        var listed = theme is null ? ScenarioLibrary.All : ScenarioLibrary.InFolder(theme);
        if (listed.Count == 0)
        {
            throw new InputException($"The library has no theme '{theme}'. Choose from: {string.Join(", ", ScenarioLibrary.Folders)}.");
        }

        var found = arguments.Text("query") is { } query ? ScenarioSearch.Find(listed, query) : listed;
        return ReadableJson.Text([.. found.Take(arguments.Number("limit") ?? FewWords).Select(ScenariosCommand.Entry)], ScenariosJson.Default.ScenarioEntryArray);
    }
}
