using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Binding;

/// <summary>Durations as scenario files write them: a number and ms, s, m, h or d.</summary>
internal static partial class DurationText
{
    /// <summary>What a duration looks like, as a regular expression.</summary>
    public const string Pattern = @"^[0-9]{1,9}(\.[0-9]{1,3})?(ms|s|m|h|d)$";

    private static readonly (string Unit, double Milliseconds)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length > 20 || !Form().IsMatch(text))
        {
            return false;
        }

        var unit = text.TrimStart("0123456789.".ToCharArray());
        var number = double.Parse(text[..^unit.Length], CultureInfo.InvariantCulture);
        var milliseconds = number * Units.First(candidate => string.Equals(candidate.Unit, unit, StringComparison.Ordinal)).Milliseconds;
        if (milliseconds > TimeSpan.FromDays(36500).TotalMilliseconds)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    /// <summary>The duration in the largest unit that it is a whole number of.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var (unit, milliseconds) = Units.FirstOrDefault(candidate => duration.TotalMilliseconds % candidate.Milliseconds == 0, ("ms", 1));
        return (duration.TotalMilliseconds / milliseconds).ToString("0.###", CultureInfo.InvariantCulture) + unit;
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
