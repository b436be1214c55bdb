using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>Reads times as programs print them.</summary>
internal static partial class EvidenceTime
{
    private static readonly string[] Formats =
    [
        "MMM d HH:mm:ss yyyy", "d MMM yyyy HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss",
    ];

    /// <summary>Hours by which zones are ahead of UTC, by the abbreviations that Java, nmap and others print.</summary>
    private static readonly Dictionary<string, double> Hours = new(StringComparer.Ordinal)
    {
        ["CET"] = 1,
        ["MEZ"] = 1,
        ["CEST"] = 2,
        ["MESZ"] = 2,
        ["WEST"] = 1,
        ["BST"] = 1,
        ["EET"] = 2,
        ["EEST"] = 3,
        ["MSK"] = 3,
        ["TRT"] = 3,
        ["IST"] = 5.5,
        ["SGT"] = 8,
        ["HKT"] = 8,
        ["AWST"] = 8,
        ["JST"] = 9,
        ["KST"] = 9,
        ["AEST"] = 10,
        ["AEDT"] = 11,
        ["NZST"] = 12,
        ["NZDT"] = 13,
        ["BRT"] = -3,
        ["EDT"] = -4,
        ["EST"] = -5,
        ["CDT"] = -5,
        ["CST"] = -6,
        ["MDT"] = -6,
        ["MST"] = -7,
        ["PDT"] = -7,
        ["PST"] = -8,
    };

    /// <summary>A time, or null where the text is none that is known or lies out of all reason.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > 60)
        {
            return null;
        }

        // The day of the week says nothing more, and is wrong where people changed the date.
        var plain = Weekday().Replace(Blanks().Replace(text.Trim(), " "), "");
        var zone = Zone().Match(plain);
        plain = zone.Success ? plain[..zone.Index] + zone.Groups["year"].Value : plain;
        var isKnown = DateTimeOffset.TryParseExact(plain, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            || (plain.Length > 9 && char.IsAsciiDigit(plain[0]) && plain.Contains('-', StringComparison.Ordinal)
                && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time));
        return isKnown && time.Year is > 1969 and < 2400 ? time.ToUniversalTime() - OffsetOf(zone.Groups["zone"].Value) : null;
    }

    /// <summary>How far a zone's clocks are ahead of UTC. An abbreviation that is not known counts as UTC: half a day off is better than no time.</summary>
    private static TimeSpan OffsetOf(string zone) =>
        Offset().Match(zone) is { Success: true } numbers
            ? (zone.Contains('-', StringComparison.Ordinal) ? -1 : 1) * new TimeSpan(int.Parse(numbers.Groups["hours"].Value, CultureInfo.InvariantCulture), numbers.Groups["minutes"].Success ? int.Parse(numbers.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0, 0)
            : TimeSpan.FromHours(Hours.GetValueOrDefault(zone));

    /// <summary>Year, month, day and time of day as fourteen digits, or null where they are none.</summary>
    public static DateTimeOffset? OfDigits(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is > 1969 and < 2400 ? time : null;

    /// <summary>Seconds since 1970 of a connection, or null where they lie out of all reason.</summary>
    public static DateTimeOffset? FromSeconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 900_000_000 and < 7_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    [GeneratedRegex("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();

    /// <summary>Behind the time, or between the time and the year, where Java and date(1) put it.</summary>
    [GeneratedRegex(@"(?<=:[0-9]{2}( [0-9]{4})?) ?(?<zone>Z|[A-Z]{2,5}|(GMT|UTC)?[+-][0-9]{2}(:?[0-9]{2})?)(?<year> [0-9]{4})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Zone();

    [GeneratedRegex("[+-](?<hours>[0-9]{2}):?(?<minutes>[0-9]{2})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Offset();
}
