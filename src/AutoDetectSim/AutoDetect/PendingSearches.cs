using System.Collections.Concurrent;
using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.AutoDetect;

/// <summary>Searches that outlasted their caller: the next call with the same question gets their result.</summary>
internal sealed class PendingSearches
{
    private const int Maximum = 1024;

    private readonly ConcurrentDictionary<string, LateSearch> _searches = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a search; when too many are kept already, it is given up.</summary>
    public void Keep(LateSearch search)
    {
        if (_searches.Count >= Maximum || !_searches.TryAdd(Key(search.Run), search))
        {
            search.GiveUp();
        }
    }

    /// <summary>Takes the search that a call with this question started before, or null.</summary>
    public LateSearch? Take(EmailAddress email, DetectionParameters parameters) =>
        !_searches.IsEmpty && _searches.TryRemove(Key(email, parameters), out var search) ? search : null;

    /// <summary>Gives up all searches.</summary>
    public void Clear()
    {
        foreach (var key in _searches.Keys)
        {
            if (_searches.TryRemove(key, out var search))
            {
                search.GiveUp();
            }
        }
    }

    private static string Key(DetectionRun run) => Key(run.Email, run.Parameters);

    private static string Key(EmailAddress email, DetectionParameters parameters) =>
        string.Join('\n', email.Text, Join(parameters.Services), Join(parameters.Protocols));

    private static string Join(IReadOnlyList<string>? names) => names is null ? "*" : string.Join(',', names);
}

/// <summary>One search, and what ends it.</summary>
internal sealed class LateSearch(DetectionRun run, Task search, CancellationTokenSource cancellation)
{
    public DetectionRun Run { get; } = run;

    public Task Search { get; } = search;

    public CancellationTokenSource Cancellation { get; } = cancellation;

    /// <summary>Ends the search; what it found is lost.</summary>
    public void GiveUp()
    {
        Cancellation.Cancel();
        _ = Search.ContinueWith(
            static (ended, state) =>
            {
                _ = ended.Exception;
                ((CancellationTokenSource)state!).Dispose();
            },
            Cancellation,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
