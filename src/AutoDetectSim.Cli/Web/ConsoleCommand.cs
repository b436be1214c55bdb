using System.CommandLine;
using AutoDetectSim.Cli.Change;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Web.Api;
using AutoDetectSim.Web.Hosting;

namespace AutoDetectSim.Cli.Web;

/// <summary><c>console [SCENARIO]</c>: shows a lab in the browser until it is stopped.</summary>
internal static class ConsoleCommand
{
    /// <summary>The scenario that runs where none is named.</summary>
    private const string DefaultScenario = "one-in-twenty";

    public static Command Create()
    {
        var scenario = new Argument<string?>("SCENARIO") { Description = $"Scenario to run: {ScenarioFiles.FileOrName}. Default: {DefaultScenario}.", Arity = ArgumentArity.ZeroOrOne };
        var labFile = new Option<FileInfo?>("--lab") { Description = "Ready file of 'run --control --ready-file FILE': show that lab instead of starting one." };
        var port = CheckedOption.WholeNumber("--port", "Loopback port of the console; 0 for any free port.", 0, 65535, 0);
        var readyFile = new Option<FileInfo?>("--ready-file") { Description = "JSON file with every address and port, written once everything listens; change --lab takes it." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder for your progress in lessons. Default: as for learn." };
        var force = Outputs.Force();
        var command = new Command("console", "Show a lab in the browser until Ctrl-C or SIGTERM: its topology as each client sees it, its connections, and changes while it runs.") { scenario, labFile, port, readyFile, data, force };
        command.Validators.Add(result =>
        {
            if (result.GetResult(labFile) is not null && (result.GetValue(scenario) is not null || result.GetResult(readyFile) is not null))
            {
                result.AddError("--lab shows a lab that runs: it cannot be combined with SCENARIO or --ready-file.");
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(labFile) is { } running
            ? ShowAsync(running, parsed.GetValue(port), parsed.GetValue(data), cancellationToken)
            : RunAsync(
                parsed.GetValue(scenario),
                parsed.GetValue(port),
                Outputs.Claim(parsed.GetValue(readyFile), ReadyFile.Kind, parsed.GetValue(force)),
                parsed.GetValue(data),
                cancellationToken));
        return command;
    }

    /// <summary>Starts a lab and its console.</summary>
    private static async Task<int> RunAsync(string? named, int port, OutputFile? ready, DirectoryInfo? data, CancellationToken cancellationToken)
    {
        var scenario = named ?? DefaultScenario;
        var loaded = ScenarioFiles.Load(scenario);
        using var folder = OwnedFolder.CreateTemporary();
        await using var lab = await Lab.StartAsync(loaded, new LabOptions(), cancellationToken);
        using var root = new RootCertificateFile(lab, folder, file: null);
        await using var control = await ControlServer.StartAsync(ControlPaths.Of(lab), cancellationToken);
        await using var lessons = new ConsoleLessons(DataFolder.Of(data));
        await using var console = await ConsoleServer.StartAsync(
            new ConsoleSettings
            {
                Port = port,
                Control = control.Access,
                Info = new ConsoleInfo { ReadyFile = ready?.Path, Scenario = scenario, IsGuided = named is null, RootCertificate = root.Path, Data = data?.FullName },
                Lessons = lessons,
            },
            cancellationToken);
        try
        {
            var running = ReadyFile.Of(lab, root, control.Access);
            using var listing = LabListing.TryAdd(DataFolder.Of(null), running);
            if (ready is not null)
            {
                running.Write(ready);
            }

            await WaitAsync(console, $"{lab.Scenario.Name}: {lab.Scenario.Title ?? "no title"}", cancellationToken);
        }
        finally
        {
            if (ready?.Delete() is { } problem)
            {
                Notice.WriteLine(problem);
            }
        }

        return ExitCodes.Success;
    }

    /// <summary>Starts a console for a lab in another process.</summary>
    private static async Task<int> ShowAsync(FileInfo file, int port, DirectoryInfo? data, CancellationToken cancellationToken)
    {
        var access = ChangeCommand.AccessTo(file);
        var lab = ReadyFile.Read(file);
        await using var lessons = new ConsoleLessons(DataFolder.Of(data));
        await using var console = await ConsoleServer.StartAsync(
            new ConsoleSettings
            {
                Port = port,
                Control = access,
                Info = new ConsoleInfo { ReadyFile = file.FullName, RootCertificate = lab.RootCertificate, Data = data?.FullName },
                Lessons = lessons,
            },
            cancellationToken);
        await WaitAsync(console, lab.Scenario, cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task WaitAsync(ConsoleServer console, string title, CancellationToken cancellationToken)
    {
        var writer = new ProseWriter();
        writer.WriteLine(title);
        writer.WriteLine("open in a browser on this computer:");
        writer.WriteLine("  " + console.Link);
        writer.WriteLine("Ctrl-C stops the console.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Notice.WriteLine("The console has stopped.");
        }
    }
}
