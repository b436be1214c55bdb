using System.Collections.Concurrent;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>A map that forgets everything when it is full: bounded, free of locks on the way in, and as good as any other policy for chains that come again and again.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : struct, IEquatable<TKey>
{
    private readonly ConcurrentDictionary<TKey, TValue> _entries = new();
    private int _count;

    internal bool TryGet(in TKey key, out TValue value) => _entries.TryGetValue(key, out value!);

    internal void Set(in TKey key, TValue value)
    {
        if (capacity <= 0 || !_entries.TryAdd(key, value))
        {
            return;
        }

        if (Interlocked.Increment(ref _count) > capacity)
        {
            _entries.Clear();
            Interlocked.Exchange(ref _count, 0);
        }
    }
}
