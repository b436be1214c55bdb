using System.CommandLine;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Cli.Schema;

/// <summary><c>schema</c>: prints the JSON Schema of scenarios, their changes, adapters, packs or lessons.</summary>
internal static class SchemaCommand
{
    private const string Scenario = "scenario";
    private const string Changes = "changes";
    private const string Adapter = "adapter";
    private const string Pack = "pack";
    private const string Lesson = "lesson";
    private const string Solution = "solution";

    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "Kind of file: scenario, changes (of a scenario, in the form of a remedy), adapter, pack, lesson, or solution.", HelpName = "KIND", DefaultValueFactory = _ => Scenario };
        kind.AcceptOnlyFromAmong(Scenario, Changes, Adapter, Pack, Lesson, Solution);
        var command = new Command("schema", "Print the JSON Schema of scenario files, changes of scenarios, adapters, packs, lessons, or lesson solutions.") { kind };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(kind) switch
            {
                Changes => ScenarioSchema.GenerateChanges(),
                Adapter => AdapterFile.Schema(),
                Pack => PackFile.Schema(),
                Lesson => LessonLoader.Schema(),
                Solution => LessonLoader.SolutionSchema(),
                _ => ScenarioSchema.Generate(),
            });
            return ExitCodes.Success;
        });
        return command;
    }
}
