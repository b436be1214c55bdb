namespace AutoDetectSim.Network.Journal;

/// <summary>The connections that a lab has served: the last <see cref="Capacity"/> of them.</summary>
internal sealed class ConnectionJournal(TimeProvider time)
{
    /// <summary>How many connections are remembered.</summary>
    public const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly JournalEntry?[] _entries = new JournalEntry?[Capacity];
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
            var entry = new JournalEntry(++_count, time, connection);
            _entries[(entry.Number - 1) % Capacity] = entry;
            return entry;
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
}
