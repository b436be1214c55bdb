using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;
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
        var progress = await store.OpenAsync(settings.Trainee, settings.Seed, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var session = await TrainingSession.StartAsync(await draw(progress), store, settings.Lab, cancellationToken);
        using var root = WriteRoots(session.Lab, Path.Combine(store.Folder, "lab"));
        var api = new SessionApi(session, root.Path, stop.Cancel);
        try
        {
            await using var server = await ControlServer.StartAsync(api.Map, cancellationToken);
            new SessionFile { Lesson = session.Case.Name, Control = server.Access }.Write(store.Folder);
            var lab = ReadyFile.Of(session.Lab, root, server.Access) with { Scenario = session.Case.Name };
            using var listing = LabListing.TryAdd(store.Folder, lab);
            if (settings.ReadyFile is { } ready)
            {
                lab.Write(ready);
            }

            if (settings.IsQuiet)
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
            Notice.WriteLine($"The lesson has stopped. Your progress is kept; to resume: {goOn}");
        }
        finally
        {
            SessionFile.Delete(store.Folder);
            if (settings.ReadyFile is { } ready)
            {
                File.Delete(ready);
            }
        }

        return ExitCodes.Success;
    }

    private static RootCertificateFile WriteRoots(Lab lab, string folder)
    {
        try
        {
            return new RootCertificateFile(lab, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Problem(folder, exception);
        }
    }
}
