using System.Net;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Network.Journal;

/// <summary>The connections that a lab has served, and the failed attempts: the last <see cref="Capacity"/> of each.</summary>
/// <param name="time">The lab's time.</param>
/// <param name="trust">What the lab's clients trust, by which presented chains are judged.</param>
internal sealed class ConnectionJournal(TimeProvider time, LabTrust trust)
{
    /// <summary>How many connections, and how many failed attempts, are remembered.</summary>
    public const int Capacity = 4096;

    /// <summary>How many characters of requests are remembered; those of the oldest connections go first.</summary>
    public const int MaximumText = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<(JournalEntry Entry, int Length)> _texts = [];
    private readonly JournalEntry?[] _entries = new JournalEntry?[Capacity];
    private readonly HashSet<JournalEntry> _open = [];
    private readonly Queue<FailedAttempt> _failed = [];
    private volatile TaskCompletionSource? _changed;
    private long _count;
    private long _text;

    /// <summary>Told of every connection as it begins.</summary>
    public Action<LabConnection>? Opened { get; set; }

    /// <summary>Told of every connection as it ends.</summary>
    public Action<ConnectionRecord>? Closed { get; set; }

    /// <summary>Told of every attempt that reached no node.</summary>
    public Action<FailedAttempt>? Failed { get; set; }

    /// <summary>How many connections there were, remembered or not.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Writes down a connection that begins.</summary>
    public JournalEntry Open(LabConnection connection)
    {
        Opened?.Invoke(connection);
        lock (_gate)
        {
            var entry = new JournalEntry(++_count, time, connection, trust.Anchors, Changed, Kept);
            _entries[(entry.Number - 1) % Capacity] = entry;
            _open.Add(entry);
            Trim();
            return entry;
        }
    }

    /// <summary>Writes down an attempt to connect that reached no node.</summary>
    /// <param name="host">The name or address that was asked for.</param>
    /// <param name="port">The port.</param>
    /// <param name="caller">Who asked.</param>
    /// <param name="error">Why.</param>
    /// <param name="kind">Whether it could have reached a node at all.</param>
    public void Fail(string host, int port, Caller caller, NodeError error, AttemptKind kind = AttemptKind.Possible)
    {
        var attempt = new FailedAttempt(time.GetUtcNow(), host, port, caller.Address, error) { Kind = kind };
        lock (_gate)
        {
            if (_failed.Count == Capacity)
            {
                _failed.Dequeue();
            }

            _failed.Enqueue(attempt);
        }

        Failed?.Invoke(attempt);
    }

    /// <summary>
    /// Waits until every connection has ended, which completes the journal: a program that has finished with
    /// a connection is ahead of the server, which learns of it over the network. False when that took too long.
    /// </summary>
    public Task<bool> WhenIdleAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        WhenAsync(() => _open.Count == 0, patience, cancellationToken);

    /// <summary>
    /// Waits until all handshakes and requests have finished, which completes the journal for what programs have seen;
    /// connections may stay open for later requests. False when that took too long.
    /// </summary>
    public Task<bool> WhenSettledAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        WhenAsync(() => !_open.Any(entry => entry.IsBusy), patience, cancellationToken);

    /// <summary>Forgets all connections and attempts; the next connection is the first again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _count = 0;
            Array.Clear(_entries);
            _texts.Clear();
            _text = 0;
            _failed.Clear();
        }
    }

    /// <summary>The connections that are remembered now, the oldest first.</summary>
    public IReadOnlyList<ConnectionRecord> All() => After(0);

    /// <summary>The connections with a higher number that are remembered now, the oldest first.</summary>
    public IReadOnlyList<ConnectionRecord> After(long number)
    {
        JournalEntry[] entries;
        lock (_gate)
        {
            var kept = (int)Math.Clamp(_count - number, 0, Math.Min(_count, Capacity));
            entries = new JournalEntry[kept];
            for (var index = 0; index < kept; index++)
            {
                entries[index] = _entries[(_count - kept + index) % Capacity]!;
            }
        }

        return [.. entries.Select(entry => entry.ToRecord())];
    }

    /// <summary>The attempts that reached no node and are remembered now, the oldest first.</summary>
    public IReadOnlyList<FailedAttempt> AllFailed()
    {
        lock (_gate)
        {
            return [.. _failed];
        }
    }

    private async Task<bool> WhenAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return true;
                }

                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            var left = patience - time.GetElapsedTime(started);
            try
            {
                await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    private void Kept(JournalEntry entry, int length)
    {
        lock (_gate)
        {
            _texts.Enqueue((entry, length));
            _text += length;
            Trim();
        }
    }

    /// <summary>Lets go of requests that are too many, and of those of connections that are not remembered any more.</summary>
    private void Trim()
    {
        while (_texts.TryPeek(out var oldest) && (_text > MaximumText || oldest.Entry.Number <= _count - Capacity))
        {
            _texts.Dequeue();
            _text -= oldest.Length;
            oldest.Entry.ForgetRequests();
        }
    }

    private void Changed(JournalEntry entry, bool isClosed)
    {
        if (!isClosed && _changed is null)
        {
            return;
        }

        TaskCompletionSource? changed;
        bool hasEnded;
        lock (_gate)
        {
            hasEnded = isClosed && _open.Remove(entry);
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
        if (hasEnded)
        {
            Closed?.Invoke(entry.ToRecord());
        }
    }
}

/// <summary>An attempt to connect that reached no node.</summary>
/// <param name="At">When.</param>
/// <param name="Host">The name or address that was asked for.</param>
/// <param name="Port">The port.</param>
/// <param name="Source">The source address that firewalls saw.</param>
/// <param name="Error">Why.</param>
internal sealed record FailedAttempt(DateTimeOffset At, string Host, int Port, IPAddress Source, NodeError Error)
{
    /// <summary>Whether it could have reached a node at all.</summary>
    public AttemptKind Kind { get; init; }
}

/// <summary>What kind of attempt failed.</summary>
internal enum AttemptKind
{
    /// <summary>One that reaches a node as long as nothing is wrong.</summary>
    Possible,

    /// <summary>One to a host that the lab does not have.</summary>
    Stranger,

    /// <summary>A request that the gateway forwards in no state of the lab.</summary>
    NotForwarded,
}
