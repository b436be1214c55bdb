using System.CommandLine;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Cli.Schema;

/// <summary><c>schema</c>: prints the JSON Schema of scenario, adapter, pack or lesson files.</summary>
internal static class SchemaCommand
{
    private const string Scenario = "scenario";
    private const string Adapter = "adapter";
    private const string Pack = "pack";
    private const string Lesson = "lesson";
    private const string Solution = "solution";

    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "Kind of file: scenario, adapter, pack, lesson, or solution.", HelpName = "KIND", DefaultValueFactory = _ => Scenario };
        kind.AcceptOnlyFromAmong(Scenario, Adapter, Pack, Lesson, Solution);
        var command = new Command("schema", "Print the JSON Schema of scenario files, adapters, packs, lessons, or lesson solutions.") { kind };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(kind) switch
            {
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
