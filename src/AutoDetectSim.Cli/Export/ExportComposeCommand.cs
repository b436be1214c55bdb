using System.CommandLine;
using AutoDetectSim.Cli.Export.Compose;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Export;

/// <summary><c>export compose SCENARIO -o FOLDER</c>: a lab for Docker Compose, podman-compose and <c>podman play kube</c>.</summary>
internal static class ExportComposeCommand
{
    public static Command Create()
    {
        var source = new ExportSource();
        var command = new Command("compose", "Write a lab for Docker Compose and podman: a container for each node, load balancer and service.");
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = source.FolderOf(parsed);
            var scenario = source.ScenarioOf(parsed);
            var parts = ExportedParts.Of(scenario);
            var pki = await source.PkiOfAsync(parsed, scenario, cancellationToken);
            folder.Write(ComposeExport.Files(parts, source.ImageOf(parsed), [ExportSource.ScenarioFile(parts.Scenario), pki.Roots], pki.Files));
            HumanConsole.Create().Prose($"Written: {source.OutputOf(parsed)}, with {parts.All.Count()} containers. Begin with its README.md.");
            return ExitCodes.Success;
        });
        return command;
    }
}
