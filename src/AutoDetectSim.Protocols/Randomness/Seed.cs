using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>
/// The seed that everything by chance comes from. Whoever draws opens a stream for a purpose, so that a draw that is added in one
/// place changes nothing in another: the same seed and purpose give the same draws in the same order, in every version.
/// </summary>
/// <remarks>
/// There are two kinds of streams, and named GUIDs. Each has an algorithm of its own, because scenarios, captures and lessons pin
/// the values of each: a stream with a name draws numbers from <see cref="Random"/> and GUIDs from SHA-256, a numbered one draws
/// everything from SplitMix64.
/// </remarks>
internal readonly record struct Seed(int Value)
{
    /// <summary>The stream of a named purpose. Several threads may draw from it.</summary>
    public SeededStream Stream(string purpose) => new NamedStream(FormattableString.Invariant($"{Value}/{purpose}"));

    /// <summary>
    /// The stream of one of many like things, for example of one detection: opening it costs next to nothing. It belongs to one
    /// thread. Things that are not counted have negative numbers.
    /// </summary>
    public SeededStream Stream(long number) => new NumberedStream(Value, number);

    /// <summary>The GUID of a named thing.</summary>
    public Guid GuidOf(string purpose, string name) =>
        SeededStream.ToGuid(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Value}/{purpose}/{name.ToUpperInvariant()}"))));
}
