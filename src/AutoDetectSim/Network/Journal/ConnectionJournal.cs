namespace AutoDetectSim.Network.Journal;

/// <summary>The connections that a lab has served: the last <see cref="Capacity"/> of them.</summary>
internal sealed class ConnectionJournal(TimeProvider time)
{
    /// <summary>How many connections are remembered.</summary>
    public const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly JournalEntry?[] _entries = new JournalEntry?[Capacity];
    private readonly HashSet<JournalEntry> _open = [];
    private TaskCompletionSource? _idle;
    private long _count;

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
        lock (_gate)
        {
            var entry = new JournalEntry(++_count, time, connection, Closed);
            _entries[(entry.Number - 1) % Capacity] = entry;
            _open.Add(entry);
            return entry;
        }
    }

    /// <summary>
    /// Waits until every connection has ended, so that the journal has all that there was of them: a program that has done with
    /// a connection is ahead of the server, which learns of it over the network. False when that took too long.
    /// </summary>
    public async Task<bool> WhenIdleAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task idle;
        lock (_gate)
        {
            if (_open.Count == 0)
            {
                return true;
            }

            idle = (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        try
        {
            await idle.WaitAsync(patience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Forgets all connections; the next one is the first again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _count = 0;
            Array.Clear(_entries);
        }
    }

    /// <summary>What is remembered now, the oldest first.</summary>
    public IReadOnlyList<ConnectionRecord> All()
    {
        JournalEntry[] entries;
        lock (_gate)
        {
            var kept = (int)Math.Min(_count, Capacity);
            entries = new JournalEntry[kept];
            for (var index = 0; index < kept; index++)
            {
                entries[index] = _entries[(_count - kept + index) % Capacity]!;
            }
        }

        return [.. entries.Select(entry => entry.ToRecord())];
    }

    private void Closed(JournalEntry entry)
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (_open.Remove(entry) && _open.Count == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.TrySetResult();
    }
}
