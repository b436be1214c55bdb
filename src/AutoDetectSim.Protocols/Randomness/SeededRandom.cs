using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>
/// Independent streams of random numbers that all come from one scenario seed: a stream is named for its purpose, so that a
/// draw that is added in one part of the lab changes nothing in another. Safe for use by several threads.
/// </summary>
internal sealed class SeededRandom
{
    private readonly Lock _gate = new();
    private readonly Random _random;

    /// <summary>Opens the stream with the name <paramref name="purpose"/> of the seed.</summary>
    public SeededRandom(int seed, string purpose)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seed}/{purpose}")));
        _random = new Random(BinaryPrimitives.ReadInt32LittleEndian(digest));
    }

    /// <summary>A number from 0 to <paramref name="exclusiveMaximum"/> - 1.</summary>
    public int Next(int exclusiveMaximum)
    {
        lock (_gate)
        {
            return _random.Next(exclusiveMaximum);
        }
    }

    /// <summary>A number from 0 up to, and without, 1.</summary>
    public double NextDouble()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }
}
