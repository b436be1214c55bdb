using System.CommandLine;

namespace AutoDetectSim.Cli.Export;

/// <summary><c>export</c>: writes what labs beyond one process are made from.</summary>
internal static class ExportCommand
{
    public static Command Create() => new("export", "Write what a lab of several processes is made from.")
    {
        ExportKubernetesCommand.Create(),
        ExportComposeCommand.Create(),
        ExportPkiCommand.Create(),
    };
}
