using System.CommandLine;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Scenarios.Reference;

namespace AutoDetectSim.Cli.Schema;

/// <summary><c>schema</c>: prints the JSON Schema of scenario, adapter or pack files.</summary>
internal static class SchemaCommand
{
    private const string Scenario = "scenario";
    private const string Adapter = "adapter";
    private const string Pack = "pack";

    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "Of which files.", DefaultValueFactory = _ => Scenario };
        kind.AcceptOnlyFromAmong(Scenario, Adapter, Pack);
        var command = new Command("schema", "Prints the JSON Schema of scenario files, adapters of probe tools, or packs of worlds.") { kind };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(kind) switch
            {
                Adapter => AdapterFile.Schema(),
                Pack => PackFile.Schema(),
                _ => ScenarioSchema.Generate(),
            });
            return ExitCodes.Success;
        });
        return command;
    }
}
