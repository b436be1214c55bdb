using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary>Runs the lab of a case in this process until it is stopped, and lets other terminals work on it.</summary>
internal static class SessionRunner
{
    /// <summary>Runs.</summary>
    /// <param name="store">Where progress is kept.</param>
    /// <param name="settings">How the lesson is run.</param>
    /// <param name="goOn">The arguments of `autodetectsim` that go on with it.</param>
    /// <param name="draw">Makes the case for the trainee.</param>
    /// <param name="cancellationToken">Stops the lesson.</param>
    /// <exception cref="LabStartException">Another lesson runs, or the lab could not start.</exception>
    public static async Task<int> RunAsync(ProgressStore store, SessionSettings settings, string goOn, Func<TraineeProgress, Task<TrainingCase>> draw, CancellationToken cancellationToken)
    {
        store.CreateFolder();
        using var place = SessionFile.Take(store.Folder);
        var file = OutputFile.Claim(SessionFile.PathIn(store.Folder), SessionFile.Kind);
        var ready = settings.ReadyFile is { } path ? OutputFile.Claim(path, ReadyFile.Kind, settings.Force) : null;
        using var folder = InDataFolder(() => OwnedFolder.CreateAt(Path.Combine(store.Folder, "lab"), RootCertificateFile.Names), store.Folder);
        var progress = await store.OpenAsync(settings.Trainee, settings.Seed, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var session = await TrainingSession.StartAsync(await draw(progress), store, settings.Lab, cancellationToken);
        using var root = InDataFolder(() => new RootCertificateFile(session.Lab, folder), store.Folder);
        var api = new SessionApi(session, root.Path, stop.Cancel);
        try
        {
            await using var server = await ControlServer.StartAsync(api.Map, cancellationToken);
            new SessionFile { Lesson = session.Case.Name, Control = server.Access }.Write(file);
            var lab = ReadyFile.Of(session.Lab, root, server.Access) with { Scenario = session.Case.Name };
            using var listing = LabListing.TryAdd(store.Folder, lab);
            if (ready is not null)
            {
                lab.Write(ready);
            }

            if (settings.Started is { } started)
            {
                started();
            }
            else if (settings.IsQuiet)
            {
                Console.Out.WriteLine(ReadableJson.Text(api.Status(), LearnJson.Default.SessionStatus));
            }
            else
            {
                SessionBanner.Write(api.Status(), LearnOptions.People);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        }
        catch (OperationCanceledException)
        {
            if (settings.Started is null)
            {
                Notice.WriteLine($"The lesson has stopped. Your progress is kept; to resume: {goOn}");
            }
        }
        finally
        {
            foreach (var problem in new[] { file.Delete(), ready?.Delete() }.OfType<string>())
            {
                Notice.WriteLine(problem);
            }
        }

        return ExitCodes.Success;
    }

    /// <summary>Makes something in the data folder; says what is wrong with the folder where the system refuses it.</summary>
    private static T InDataFolder<T>(Func<T> make, string folder)
    {
        try
        {
            return make();
        }
        catch (OutputFileException exception) when (exception.InnerException is { } cause)
        {
            throw ProgressProblems.Problem(folder, cause);
        }
    }
}
