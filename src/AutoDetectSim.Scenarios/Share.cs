using System.Globalization;

namespace AutoDetectSim.Scenarios;

/// <summary>
/// A share of connections: <c>1/20</c> is exactly the last of every twenty; <c>5%</c> and
/// <c>0.05</c> are drawn from the scenario's seed.
/// </summary>
internal readonly record struct Share
{
    private const int Most = 1_000_000;

    private Share(int numerator, int denominator, double probability)
    {
        Numerator = numerator;
        Denominator = denominator;
        Probability = probability;
    }

    /// <summary>Every connection.</summary>
    public static Share All { get; } = new(1, 1, 1);

    /// <summary>How many of every <see cref="Denominator"/> connections; 0 for a random share.</summary>
    public int Numerator { get; }

    /// <summary>The length of a run; 0 for a random share.</summary>
    public int Denominator { get; }

    /// <summary>The share as a number from 0 to 1.</summary>
    public double Probability { get; }

    /// <summary>Whether the share counts connections instead of drawing them at random.</summary>
    public bool IsExact => Denominator > 0;

    /// <summary>Whether the share is every connection.</summary>
    public bool IsAll => Probability >= 1;

    /// <summary>Parses a share; false if the text is not a share above 0 and at most 1.</summary>
    public static bool TryParse(string? text, out Share share)
    {
        share = All;
        if (string.IsNullOrEmpty(text) || text.Length > 20)
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
                || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
                || numerator < 1 || numerator > denominator || denominator > Most)
            {
                return false;
            }

            share = new Share(numerator, denominator, (double)numerator / denominator);
            return true;
        }

        var isPercent = text.EndsWith('%');
        if (!double.TryParse(isPercent ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var probability))
        {
            return false;
        }

        probability = isPercent ? probability / 100 : probability;
        if (!(probability > 0 && probability <= 1))
        {
            return false;
        }

        share = new Share(0, 0, probability);
        return true;
    }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        IsExact ? string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}") : Probability.ToString(CultureInfo.InvariantCulture);
}
