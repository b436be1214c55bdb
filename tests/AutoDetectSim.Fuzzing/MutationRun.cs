using System.Collections.Concurrent;
using System.Globalization;

namespace AutoDetectSim.Fuzzing;

/// <summary>Gives a target damaged inputs by their numbers, without instrumentation: a fault can be repeated by its number alone.</summary>
/// <param name="target">The target.</param>
/// <param name="time">The clock that inputs are timed with.</param>
internal sealed class MutationRun(FuzzTarget target, TimeProvider time)
{
    private const int MostFaults = 20;

    /// <summary>How often the watch looks whether an input hangs.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<FuzzFault> _faults = new();
    private int _next;
    private int _end;

    /// <summary>How much processor time one input may take: on a busy machine it takes longer by the clock.</summary>
    public TimeSpan Effort { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one input may take by the clock.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Threads.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How many inputs were given: fewer than wanted where too many of them were faults.</summary>
    public int Given { get; private set; }

    /// <summary>Runs some inputs.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The faults, at most twenty.</returns>
    public IReadOnlyList<FuzzFault> Run(int first, int count, CancellationToken cancellationToken = default)
    {
        var files = SeedFiles.Of(target);
        if (files.Count == 0)
        {
            throw new InvalidOperationException($"There is no sample of {target.Name}: put one into {SeedFiles.CorpusOf(target)}.");
        }

        var mutator = new Mutator([.. files.Select(File.ReadAllBytes)], target.Words);
        (_next, _end) = (first, first + count);
        var workers = Enumerable.Range(0, Workers).Select(_ => new Worker(this, mutator, cancellationToken)).ToList();
        while (workers.Exists(worker => !worker.Thread.Join(Watch)))
        {
            if (workers.Find(worker => worker.IsLate) is { Number: var number } late)
            {
                // Its thread cannot be ended: it is in the background, dies with the process, and another one goes on.
                _faults.Enqueue(new FuzzFault(number, mutator.Make(number), string.Create(CultureInfo.InvariantCulture, $"it hangs: no end after {late.Elapsed.TotalSeconds:0.#} s")));
                workers.Remove(late);
                workers.Add(new Worker(this, mutator, cancellationToken));
            }
        }

        Given = Math.Min(_next, _end) - first;
        return [.. _faults.OrderBy(fault => fault.Number)];
    }

    /// <summary>Gives one input to a target; null where that is no fault.</summary>
    public static string? Try(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Read(input);
            return null;
        }
        catch (FuzzException exception)
        {
            return exception.Message;
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    private sealed class Worker
    {
        private readonly MutationRun _run;
        private long _started;
        private long _effort;
        private int _number;

        public Worker(MutationRun run, Mutator mutator, CancellationToken cancellationToken)
        {
            _run = run;
            Begin(-1);
            Thread = new Thread(() =>
            {
                while (run._faults.Count < MostFaults && !cancellationToken.IsCancellationRequested && Interlocked.Increment(ref run._next) - 1 is var number && number < run._end)
                {
                    var input = mutator.Make(number);
                    Begin(number);
                    if (Try(run.Target, input) is { } words)
                    {
                        run._faults.Enqueue(new FuzzFault(number, input, words));
                    }
                }
            })
            {
                IsBackground = true,
            };
            Thread.Start();
        }

        public Thread Thread { get; }

        public int Number => Volatile.Read(ref _number);

        public TimeSpan Elapsed => _run.Since(Volatile.Read(ref _started));

        public bool IsLate => Thread.IsAlive && (Elapsed > _run.Patience || (Elapsed > _run.Effort && Environment.CpuUsage.TotalTime.Ticks - Volatile.Read(ref _effort) > _run.Effort.Ticks));

        private void Begin(int number)
        {
            Volatile.Write(ref _number, number);
            Volatile.Write(ref _effort, Environment.CpuUsage.TotalTime.Ticks);
            Volatile.Write(ref _started, _run.Now);
        }
    }

    private FuzzTarget Target => target;

    private long Now => time.GetTimestamp();

    private TimeSpan Since(long started) => time.GetElapsedTime(started);
}
