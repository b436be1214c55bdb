using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Web.Api;
using AutoDetectSim.Web.Classroom;
using AutoDetectSim.Web.Desks;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Cli.Web;

/// <summary>A seat of a class in this process: its lab, its lessons, and its folder below that of the class.</summary>
internal sealed class HostedSeat : ISeat, IAsyncDisposable
{
    private readonly string _folder;
    private readonly Scenario _scenario;
    private readonly ConsoleLessons _lessons;
    private readonly Lazy<Task<Running>> _running;

    /// <param name="name">The name.</param>
    /// <param name="folder">The folder of the progress.</param>
    /// <param name="scenario">What its lab runs.</param>
    public HostedSeat(string name, string folder, Scenario scenario)
    {
        Name = name;
        _folder = folder;
        _scenario = scenario;
        _lessons = new ConsoleLessons(folder);
        _running = new Lazy<Task<Running>>(() => Task.Run(StartAsync));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Lab? Lab => _running is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } running } ? running.Result.Lab : null;

    /// <inheritdoc/>
    public string? RunningLesson => SessionFile.Find(_folder)?.Lesson;

    private ProgressStore Store => new(_folder, TimeProvider.System);

    /// <summary>Makes the progress, which has the name of the seat until the trainee gives another.</summary>
    /// <exception cref="ProgressException">It cannot be made or read.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Store.Read() is null)
        {
            await Store.OpenAsync(Name, seed: null, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<Desk> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _running.Value.WaitAsync(cancellationToken)).Desk;
        }
        catch (Exception exception) when (exception is LabStartException or OutputFileException)
        {
            throw new ControlException(StatusCodes.Status503ServiceUnavailable, [exception.Message]);
        }
    }

    /// <inheritdoc/>
    public string ReadTrainee()
    {
        try
        {
            return Store.Read()?.Trainee ?? Name;
        }
        catch (ProgressException)
        {
            // The report says what is wrong with the file.
            return Name;
        }
    }

    /// <inheritdoc/>
    public async Task NameAsync(string trainee, CancellationToken cancellationToken)
    {
        try
        {
            await Store.OpenAsync(trainee, seed: null, cancellationToken);
        }
        catch (ProgressException exception)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [exception.Message]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lessons.DisposeAsync();
        if (_running.IsValueCreated)
        {
            // What failed to start has said so where it was asked for.
            await _running.Value.ContinueWith(static _ => { }, TaskScheduler.Default);
            if (_running.Value.IsCompletedSuccessfully)
            {
                await _running.Value.Result.DisposeAsync();
            }
        }
    }

    private async Task<Running> StartAsync()
    {
        var folder = OwnedFolder.CreateTemporary();
        Lab? lab = null;
        ControlServer? control = null;
        try
        {
            // Relative paths of a scenario without a folder would start from that of the trainer's terminal.
            lab = await Lab.StartAsync(_scenario with { BaseDirectory = _scenario.BaseDirectory ?? folder.Path }, new LabOptions(), CancellationToken.None);
            var root = new RootCertificateFile(lab, folder);
            control = await ControlServer.StartAsync(ControlPaths.Of(lab), CancellationToken.None);
            var ready = OutputFile.Claim(Path.Combine(folder.Path, ConsoleRun.ReadyName), ReadyFile.Kind);
            ReadyFile.Of(lab, root, control.Access).Write(ready);
            var info = new ConsoleInfo { ReadyFile = ready.Path, Scenario = _scenario.Name, RootCertificate = root.Path, Data = _folder, Seat = Name, IsGuided = true };
            return new Running(lab, control, root, new Desk { Control = control.Access, Info = info, Lessons = _lessons });
        }
        catch
        {
            await (control?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (lab?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    private sealed record Running(Lab Lab, ControlServer Control, RootCertificateFile Root, Desk Desk) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Control.DisposeAsync();
            await Lab.DisposeAsync();
            Root.Dispose();
        }
    }
}
