using System.Globalization;

namespace AutoDetectSim.Tests.Common;

/// <summary>How many samples property tests draw: AUTODETECTSIM_SAMPLES multiplies the usual number.</summary>
public static class Samples
{
    private const string Variable = "AUTODETECTSIM_SAMPLES";

    private static readonly double Factor = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The number of samples to draw where <paramref name="usual"/> is the usual one; at least one.</summary>
    public static int Of(int usual) => (int)Math.Clamp(Math.Round(usual * Factor), 1, int.MaxValue);

    /// <summary>So many of <paramref name="all"/> as <see cref="Of"/> says, spread evenly over them, from the first on.</summary>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> all, int usual)
    {
        var list = all.ToList();
        var count = Math.Min(list.Count, Of(usual));
        return [.. Enumerable.Range(0, count).Select(number => list[number * list.Count / count])];
    }

    private static double Read(string? text) =>
        string.IsNullOrEmpty(text) ? 1
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 && double.IsFinite(factor) ? factor
        : throw new InvalidOperationException($"{Variable}: '{text}' must be a number above 0, for example 10.");
}
