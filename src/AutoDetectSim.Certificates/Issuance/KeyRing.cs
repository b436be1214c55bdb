using System.Collections.Concurrent;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>The key pairs of one lab by name and algorithm, each made, or taken from an archive, when it is first needed.</summary>
/// <param name="archive">Where keys are that exist already; null: all are new.</param>
internal sealed class KeyRing(PkiArchive? archive = null) : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, KeyAlgorithm Algorithm), Lazy<LabKey>> _keys = new();
    private volatile bool _disposed;

    /// <summary>The keys that have been needed so far.</summary>
    public IReadOnlyList<(string Name, LabKey Key)> Made => [.. _keys.Where(entry => entry.Value.IsValueCreated).Select(entry => (entry.Key.Name, entry.Value.Value))];

    public LabKey Get(string name, KeyAlgorithm algorithm)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Entry(name, algorithm).Value;
    }

    /// <summary>Begins to make a key on another thread where that takes long enough to be worth it.</summary>
    public void Start(string name, KeyAlgorithm algorithm)
    {
        if (!algorithm.IsRsa() || _disposed || _keys.ContainsKey((name, algorithm)))
        {
            return;
        }

        var entry = Entry(name, algorithm);
        _ = Task.Run(() => Make(entry));
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (var entry in _keys.Values)
        {
            if (entry.IsValueCreated)
            {
                entry.Value.Dispose();
            }
        }
    }

    private void Make(Lazy<LabKey> entry)
    {
        if (_disposed)
        {
            return;
        }

        var key = entry.Value;
        if (_disposed)
        {
            key.Dispose();
        }
    }

    private Lazy<LabKey> Entry(string name, KeyAlgorithm algorithm) =>
        _keys.GetOrAdd((name, algorithm), static (key, archive) => new Lazy<LabKey>(() => new LabKey(archive?.CreateKey(key.Name, key.Algorithm) ?? key.Algorithm.CreateKey(), key.Algorithm)), archive);
}
