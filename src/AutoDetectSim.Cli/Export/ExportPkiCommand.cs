using System.CommandLine;
using AutoDetectSim.CertsGen;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Export;

/// <summary><c>export pki SCENARIO -o FOLDER</c>: writes the keys and certificates of a lab, for any number of processes.</summary>
internal static class ExportPkiCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = $"Scenario whose keys and certificates are made: {ScenarioFiles.FileOrName}." };
        var output = new Option<DirectoryInfo>("--output", "-o") { Description = "Output folder.", Required = true };
        var force = new Option<bool>("--force") { Description = "Allow a folder that is not empty: replaces the files of an earlier export, and files with the same names." };
        var command = new Command("pki", "Write the keys and certificates of everything that a lab issues, for processes that present the same ones: run --pki FOLDER.") { scenario, output, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(output)!.FullName;
            var content = await Lab.IssueAsync(ScenarioFiles.Load(parsed.GetValue(scenario)!), new LabOptions(), cancellationToken);
            try
            {
                FolderTransaction.Write(folder, LabPkiFiles.Of(content), parsed.GetValue(force));
            }
            catch (FolderException exception)
            {
                Notice.WriteLine(exception.Message);
                return exception.IsUsage ? ExitCodes.InvalidInput : ExitCodes.CannotStart;
            }

            HumanConsole.Create().Prose($"Written: {folder}, with {content.Customer.Keys.Count + content.Services.Keys.Count} private keys. Next: autodetectsim run SCENARIO --pki FOLDER.");
            return ExitCodes.Success;
        });
        return command;
    }
}
