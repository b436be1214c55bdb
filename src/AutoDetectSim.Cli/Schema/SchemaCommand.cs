using System.CommandLine;
using AutoDetectSim.Scenarios.Reference;

namespace AutoDetectSim.Cli.Schema;

/// <summary><c>schema</c>: prints the JSON Schema of scenario files.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints scenario.schema.json, which lets editors complete and check scenario files.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(ScenarioSchema.Generate());
            return ExitCodes.Success;
        });
        return command;
    }
}
