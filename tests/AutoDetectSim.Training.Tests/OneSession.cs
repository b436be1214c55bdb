using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

/// <summary>A session on a lesson in a folder, with progress that nobody keeps.</summary>
internal sealed class OneSession : IAsyncDisposable
{
    private readonly DirectoryInfo _data;

    private OneSession(DirectoryInfo data, TrainingSession session) => (_data, Session) = (data, session);

    public TrainingSession Session { get; }

    /// <summary>The folder of the progress.</summary>
    public string Folder => _data.FullName;

    public static async Task<OneSession> StartAsync(string lesson, int seed = 5)
    {
        var loaded = LessonLibrary.Load(lesson);
        Assert.True(loaded.Lesson is not null, string.Join('\n', loaded.Problems));
        var data = Directory.CreateTempSubdirectory("autodetectsim-session-");
        var store = new ProgressStore(data.FullName, TimeProvider.System);
        await store.OpenAsync("Anna", seed, TestContext.Current.CancellationToken);
        return new OneSession(data, await TrainingSession.StartAsync(LessonCase.Draw(loaded.Lesson!, seed), store, new LabOptions(), TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
