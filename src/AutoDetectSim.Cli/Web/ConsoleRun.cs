using System.Net;
using AutoDetectSim.Cli.Change;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Web.Api;
using AutoDetectSim.Web.Desks;
using AutoDetectSim.Web.Hosting;

namespace AutoDetectSim.Cli.Web;

/// <summary>A console from its start to its end.</summary>
internal sealed record ConsoleRun
{
    /// <summary>The name of a lab's ready file in the folder that is deleted with the lab.</summary>
    public const string ReadyName = "lab.json";

    /// <summary>Where it listens, and whom it lets in.</summary>
    public required Entrance Entrance { get; init; }

    /// <summary>The folder of the user's progress; null for the usual one.</summary>
    public DirectoryInfo? Data { get; init; }

    /// <summary>The name of the trainee whose progress begins here; null for that of the user.</summary>
    public string? Trainee { get; init; }

    /// <summary>How many seats of a class it hosts.</summary>
    public int Seats { get; init; }

    /// <summary>The shared folder of a class; null for none.</summary>
    public string? ClassFolder { get; init; }

    /// <summary>Starts a lab and its console.</summary>
    public async Task<int> StartAsync(string? named, OutputFile? ready, CancellationToken cancellationToken)
    {
        var scenario = named ?? ConsoleCommand.DefaultScenario;
        var loaded = ScenarioFiles.Load(scenario);
        using var folder = OwnedFolder.CreateTemporary();
        await using var lab = await Lab.StartAsync(loaded, new LabOptions(), cancellationToken);
        using var root = new RootCertificateFile(lab, folder, file: null);

        // The commands that the pages name need it, whether or not it was asked for.
        ready ??= OutputFile.Claim(Path.Combine(folder.Path, ReadyName), ReadyFile.Kind);
        await using var control = await ControlServer.StartAsync(ControlPaths.Of(lab), cancellationToken);
        try
        {
            await using var door = OpenGateway(lab.Gateway);
            var running = ReadyFile.Of(lab, root, control.Access);
            using var listing = LabListing.TryAdd(DataFolder.Of(null), running);
            running.Write(ready);
            var info = new ConsoleInfo
            {
                ReadyFile = ready.Path,
                Scenario = scenario,
                IsGuided = named is null,
                RootCertificate = root.Path,
                Data = Data?.FullName,
                Recent = RecentScenarios.Open(DataFolder.Of(Data), named),
            };
            await ServeAsync(control.Access, info, loaded, $"{lab.Scenario.Name}: {lab.Scenario.Title ?? "no title"}", cancellationToken);
        }
        finally
        {
            if (ready.Delete() is { } problem)
            {
                Notice.WriteLine(problem);
            }
        }

        return ExitCodes.Success;
    }

    /// <summary>Starts a console for a lab in another process.</summary>
    public async Task<int> ShowAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var access = ChangeCommand.AccessTo(file);
        var lab = ReadyFile.Read(file);
        await using var door = OpenGateway(new Uri(lab.Gateway));
        var info = new ConsoleInfo { ReadyFile = file.FullName, RootCertificate = lab.RootCertificate, Data = Data?.FullName, Recent = RecentScenarios.Open(DataFolder.Of(Data), opened: null) };
        await ServeAsync(access, info, scenario: null, lab.Scenario, cancellationToken);
        return ExitCodes.Success;
    }

    private async Task ServeAsync(ControlAccess access, ConsoleInfo info, Scenario? scenario, string title, CancellationToken cancellationToken)
    {
        await NameTraineeAsync(cancellationToken);
        await using var lessons = new ConsoleLessons(DataFolder.Of(Data));
        await using var hosted = ClassFolder is null ? null : await OpenClassAsync(ClassFolder, scenario, cancellationToken);
        var settings = new ConsoleSettings
        {
            EndPoint = Entrance.EndPoint,
            Password = Entrance.Password,
            Token = Entrance.Token,
            Names = Entrance.Names,
            Clients = Entrance.Clients,
            Desk = new Desk { Control = access, Info = info with { ClassFolder = hosted?.Folder }, Lessons = lessons },
            Class = hosted,
        };
        await using var console = await ConsoleServer.StartAsync(settings, cancellationToken);
        var writer = new ProseWriter();
        writer.WriteLine(title);
        if (Entrance.Describe(console.Link) is { } open)
        {
            writer.WriteLine(open);
        }

        writer.WriteLine(hosted is { Seats.Count: > 0 } ? "the trainer opens in a browser:" : Entrance.Describe(console.Link) is null ? "open in a browser on this computer:" : "open in a browser:");
        writer.WriteLine("  " + console.Link);
        if (hosted is { Seats.Count: > 0 })
        {
            writer.WriteLine("each trainee opens one of:");
            foreach (var (index, seat) in hosted.Seats.Index())
            {
                writer.WriteLine($"  {seat.Name}  {console.LinkOf(index)}");
            }
        }

        if (Entrance.Gateway is { } gateway)
        {
            writer.WriteLine($"Other computers reach the gateway of the lab at {gateway}, with the token as the password of the proxy.");
        }

        writer.WriteLine("Ctrl-C stops the console.");
        try
        {
            await Task.WhenAll(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken), hosted?.StartLabsAsync(cancellationToken) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            Notice.WriteLine("The console has stopped.");
        }
    }

    private GatewayDoor? OpenGateway(Uri gateway) =>
        Entrance.Gateway is { } endPoint ? GatewayDoor.Open(endPoint, IPEndPoint.Parse(gateway.Authority), Entrance.GatewayToken!) : null;

    private async Task NameTraineeAsync(CancellationToken cancellationToken)
    {
        if (Trainee is null)
        {
            return;
        }

        var store = new ProgressStore(DataFolder.Of(Data), TimeProvider.System);
        try
        {
            store.CreateFolder();
            if (store.Read() is null)
            {
                await store.OpenAsync(Trainee, seed: null, cancellationToken);
            }
        }
        catch (ProgressException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private async Task<HostedClass> OpenClassAsync(string folder, Scenario? scenario, CancellationToken cancellationToken)
    {
        try
        {
            return await HostedClass.OpenAsync(folder, scenario, Seats, cancellationToken);
        }
        catch (ProgressException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
