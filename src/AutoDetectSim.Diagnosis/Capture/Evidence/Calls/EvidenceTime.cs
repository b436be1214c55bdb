using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Diagnosis.Capture.Evidence.Calls;

/// <summary>Reads times as programs print them.</summary>
internal static partial class EvidenceTime
{
    private static readonly string[] Formats =
    [
        "MMM d HH:mm:ss yyyy", "ddd, dd MMM yyyy HH:mm:ss", "ddd MMM d HH:mm:ss yyyy", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "ddd MMM d HH:mm:ss 'UTC' yyyy", "d MMM yyyy HH:mm:ss",
    ];

    /// <summary>A time, or null where the text is none that is known or lies out of all reason.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > 60)
        {
            return null;
        }

        var plain = Blanks().Replace(text.Trim(), " ");
        plain = Zone().Replace(plain, "");
        var isKnown = DateTimeOffset.TryParseExact(plain, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            || (plain.Length > 9 && char.IsAsciiDigit(plain[0]) && plain.Contains('-', StringComparison.Ordinal)
                && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time));
        return isKnown && time.Year is > 1969 and < 2400 ? time.ToUniversalTime() : null;
    }

    /// <summary>Seconds since 1970 of a connection, or null where they lie out of all reason.</summary>
    public static DateTimeOffset? FromSeconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 900_000_000 and < 7_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ?(GMT|UTC|Z|\+0000)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Zone();
}
