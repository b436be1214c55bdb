using System.CommandLine;
using System.Text.Json.Serialization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Library;

/// <summary><c>scenarios [NAME]</c>: lists the scenario library, or prints one of its files.</summary>
internal static class ScenariosCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Name of a scenario (prints its file) or of a theme (lists its scenarios). Default: lists all.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "List as a JSON document on standard output." };
        var command = new Command("scenarios", "List the scenarios of the library, or print one as a starting point.") { name, json };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name);
            if (wanted is not null && ScenarioLibrary.Find(wanted) is [var only])
            {
                parsed.InvocationConfiguration.Output.Write(ScenarioLibrary.Text(only));
                return ExitCodes.Success;
            }

            var listed = wanted is null ? ScenarioLibrary.All : [.. ScenarioLibrary.Find(wanted), .. ScenarioLibrary.InFolder(wanted)];
            if (listed.Count == 0)
            {
                var nearest = ScenarioLibrary.Nearest(wanted!) ?? NearestName.Find(wanted!, ScenarioLibrary.Folders);
                throw new InputException($"{wanted}: the library has no scenario or theme with this name{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
            }

            if (parsed.GetValue(json))
            {
                parsed.InvocationConfiguration.Output.WriteLine(ReadableJson.Text([.. listed.Select(Entry)], ScenariosJson.Default.ScenarioEntryArray));
            }
            else
            {
                Write(listed);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A scenario as the list has it.</summary>
    public static ScenarioEntry Entry(LibraryScenario scenario) =>
        new(scenario.Id, scenario.Name, scenario.Folder, scenario.Title, scenario.Symptom, scenario.Scenario.Fault?.Kind);

    private static void Write(IReadOnlyList<LibraryScenario> scenarios)
    {
        var table = new ReportTable("Scenario", "Title", "Fault");
        foreach (var scenario in scenarios)
        {
            table.Add(scenario.Id, scenario.Title, scenario.Scenario.Fault?.Kind ?? "");
        }

        table.WriteTo(HumanConsole.Create());
    }
}

/// <summary>One scenario of the list. Members are added, never renamed.</summary>
/// <param name="Id">Folder and name, which no other scenario shares.</param>
/// <param name="Name">The name.</param>
/// <param name="Folder">The theme; empty for the main case.</param>
/// <param name="Title">What the world is like, in one line.</param>
/// <param name="Symptom">What the customer says.</param>
/// <param name="Fault">The fault's word, or null.</param>
internal sealed record ScenarioEntry(string Id, string Name, string Folder, string Title, string Symptom, string? Fault);

/// <summary>Source-generated JSON of the list.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ScenarioEntry[]))]
internal sealed partial class ScenariosJson : JsonSerializerContext;
