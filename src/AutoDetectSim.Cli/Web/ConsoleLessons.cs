using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Documents;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Mysteries;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Web.Desks;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Cli.Web;

/// <summary>The lessons of the command line in the console: the same progress, the same sessions, the same one lesson at a time.</summary>
/// <param name="folder">The folder of the trainee's progress.</param>
internal sealed class ConsoleLessons(string folder) : ILessons, IAsyncDisposable
{
    private const int MostAttempts = 1000;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task<int>? _run;

    /// <inheritdoc/>
    public ControlAccess? Running => SessionFile.Find(folder)?.Control;

    /// <inheritdoc/>
    public string List() => Guard(() =>
    {
        var store = NewStore();
        return ReadableJson.Text(LessonList.Make(LessonLibrary.All, store.Read(), store.Folder), LearnJson.Default.LessonList);
    });

    /// <inheritdoc/>
    public string Faults() => ReadableJson.Text(FaultCatalogue.Words.ToDictionary(word => word, FaultCatalogue.MeaningOf, StringComparer.Ordinal), LearnJson.Default.DictionaryStringString);

    /// <inheritdoc/>
    public async Task StartAsync(string lesson, CancellationToken cancellationToken)
    {
        // Folders with lessons are for the command line: a page names no files.
        if (MysteryDraw.Named(lesson) is null && !LessonLibrary.All.Any(known => string.Equals(known.Name, lesson, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [$"There is no lesson '{lesson}'."]);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var settings = new SessionSettings { Started = started.SetResult, Lab = new LabOptions() };
            var run = Task.Run(() => StartCommand.RunAsync(lesson, NewStore(), settings, _stop.Token), CancellationToken.None);
            if (await Task.WhenAny(started.Task, run) == run)
            {
                await run;
                throw new ControlException(StatusCodes.Status409Conflict, ["The lesson has ended at once."]);
            }

            _run = run;
        }
        catch (Exception exception) when (exception is InputException or ProgressException)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, exception.Message.Split(Environment.NewLine));
        }
        catch (LabStartException exception)
        {
            throw new ControlException(StatusCodes.Status409Conflict, [exception.Message]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ResetAsync(string lesson, CancellationToken cancellationToken)
    {
        string? known;
        try
        {
            known = await ResetCommand.ResetAsync(NewStore(), lesson, cancellationToken);
        }
        catch (ProgressException exception)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [exception.Message]);
        }

        if (string.IsNullOrEmpty(known))
        {
            throw new ControlException(StatusCodes.Status409Conflict, [known is null ? $"'{lesson}' has not been started." : $"{lesson} is running: end it first."]);
        }
    }

    /// <inheritdoc/>
    public async Task<CheckDocument> CheckAsync(LessonCheck wanted, CancellationToken cancellationToken)
    {
        if (wanted.Attempts is < 1 or > MostAttempts || Uri.CheckHostName(wanted.Host) == UriHostNameType.Unknown)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [$"Give a host name, and a number of connections from 1 to {MostAttempts}."]);
        }

        using var client = new ControlClient(Running ?? throw new ControlException(StatusCodes.Status409Conflict, ["No lesson is running."]));
        var status = await client.GetAsync(SessionApi.StatusPath, LearnJson.Default.SessionStatus, cancellationToken);
        if (!status.Tools.Contains(LessonTool.Check))
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [$"This lesson is done without check. Its tools are: {string.Join(", ", status.Tools.Select(CamelCase<LessonTool>.Of))}."]);
        }

        var environment = RealEnvironment.Behind(new Uri(status.Topology.Gateway), PemRoots.Load(status.Topology.RootCertificate!), dns: null, isLab: true);
        return CheckDocument.From(await new CheckRunner(environment).RunAsync(new CheckRequest { Host = wanted.Host, Email = status.Address, Attempts = wanted.Attempts }, progress: null, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_run is not null)
        {
            await _run;
        }

        _stop.Dispose();
        _turn.Dispose();
    }

    private ProgressStore NewStore() => new(folder, TimeProvider.System);

    private static string Guard(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (ProgressException exception)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [exception.Message]);
        }
    }
}
