using System.Text;

namespace AutoDetectSim.Fuzzing;

/// <summary>Makes damaged inputs of good ones. The number of an input is its seed: the same number gives the same bytes.</summary>
/// <param name="seeds">The good inputs.</param>
/// <param name="words">Words of the format.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<string> words)
{
    private const int MostChanges = 5;
    private const int LongestStretch = 200;
    private const int LongestSplice = 4000;

    private static readonly byte[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, (byte)'\n', (byte)' ', (byte)'"', (byte)':', (byte)'0'];

    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>An input.</summary>
    public byte[] Make(int number)
    {
        var random = new Random(number);
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var change = random.Next(1, MostChanges + 1); change > 0; change--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, LongestStretch), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(LongestSplice), other.Length - from)));
                break;
            case 6 when _words.Length > 0:
                bytes.InsertRange(at, _words[random.Next(_words.Length)]);
                break;
            case 7 when _words.Length > 0:
                // At the end of a line, where the next construct of a text begins.
                bytes.InsertRange(bytes.IndexOf((byte)'\n', at) is >= 0 and var line ? line + 1 : bytes.Count, _words[random.Next(_words.Length)]);
                break;
            case 8:
                Wrap(bytes, random.Next(5, 120));
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 64)));
                break;
        }
    }

    /// <summary>Breaks long lines, as mail programs do.</summary>
    private static void Wrap(List<byte> bytes, int width)
    {
        var wrapped = new List<byte>(bytes.Count + (bytes.Count / width));
        var column = 0;
        foreach (var one in bytes)
        {
            column = one == '\n' ? 0 : column + 1;
            if (column > width)
            {
                wrapped.Add((byte)'\n');
                column = 1;
            }

            wrapped.Add(one);
        }

        bytes.Clear();
        bytes.AddRange(wrapped);
    }
}
