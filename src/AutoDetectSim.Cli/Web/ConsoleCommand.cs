using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Cli.Telemetry;

namespace AutoDetectSim.Cli.Web;

/// <summary><c>console [SCENARIO]</c>: shows a lab in the browser until it is stopped.</summary>
internal static class ConsoleCommand
{
    /// <summary>The scenario that runs where none is named.</summary>
    public const string DefaultScenario = "one-in-twenty";

    private const int MostSeats = 200;

    public static Command Create()
    {
        var scenario = new Argument<string?>("SCENARIO") { Description = $"Scenario to run: {ScenarioFiles.FileOrName}. Default: {DefaultScenario}.", Arity = ArgumentArity.ZeroOrOne };
        var labFile = new Option<FileInfo?>("--lab") { Description = "Ready file of 'run --control --ready-file FILE': show that lab instead of starting one." };
        var port = CheckedOption.WholeNumber("--port", "Loopback port of the console; 0 for any free port.", 0, 65535, 0);
        var listen = new ListenOptions(port);
        var readyFile = new Option<FileInfo?>("--ready-file") { Description = "JSON file with every address and port, written once everything listens; change --lab takes it." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder for your progress in lessons. Default: as for learn." };
        var trainee = new Option<string?>("--trainee") { Description = "Your name in lessons and in the report of a class, where your progress has none yet. Default: your user name." };
        var seats = CheckedOption.OptionalWholeNumber("--class", "Number of trainees: each gets a link with a lab and lessons, and the page Class shows the progress of all.", 1, MostSeats);
        var classData = new Option<DirectoryInfo?>("--class-data") { Description = "Shared folder with the progress of a class, for the page Class. Default with --class: class in the data folder." };
        var force = Outputs.Force();
        var command = new Command("console", "Show a lab in the browser until Ctrl-C or SIGTERM: its topology as each client sees it, its connections, and changes while it runs.") { scenario, labFile, port, readyFile, data, trainee, seats, classData, force };
        listen.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(labFile) is not null && (result.GetValue(scenario) is not null || result.GetResult(readyFile) is not null || result.GetResult(seats) is not null))
            {
                result.AddError("--lab shows a lab that runs: it cannot be combined with SCENARIO, --ready-file or --class.");
            }
        });
        var telemetryOptions = TelemetryOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new ConsoleRun
            {
                Entrance = listen.Read(parsed),
                Data = parsed.GetValue(data),
                Trainee = parsed.GetValue(trainee),
                Seats = parsed.GetValue(seats) ?? 0,
                ClassFolder = parsed.GetValue(classData)?.FullName ?? (parsed.GetResult(seats) is null ? null : Path.Combine(DataFolder.Of(parsed.GetValue(data)), "class")),
            };
            var ready = Outputs.Claim(parsed.GetValue(readyFile), ReadyFile.Kind, parsed.GetValue(force));
            await using var telemetry = await telemetryOptions.StartAsync(parsed, cancellationToken);
            return parsed.GetValue(labFile) is { } running
                ? await run.ShowAsync(running, cancellationToken)
                : await run.StartAsync(parsed.GetValue(scenario), ready, cancellationToken);
        });
        return command;
    }
}
