using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>Reads dates as mail programs and logs write them for people, in the languages of most of them. A date whose order of day and month is open is none.</summary>
internal static partial class WrittenTime
{
    /// <summary>How the names of months begin, without accents: English, German, French, Spanish, Italian, Portuguese, Dutch.</summary>
    private static readonly (string Start, int Month)[] Months =
    [
        ("jan", 1), ("ene", 1), ("gen", 1), ("feb", 2), ("fev", 2), ("mar", 3), ("mrt", 3), ("maa", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("may", 5), ("mai", 5), ("mei", 5), ("mag", 5),
        ("juin", 6), ("jun", 6), ("giu", 6), ("juil", 7), ("jul", 7), ("lug", 7), ("aug", 8), ("aou", 8), ("ago", 8), ("sep", 9), ("set", 9), ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10),
        ("nov", 11), ("dec", 12), ("dez", 12), ("dic", 12),
    ];

    /// <summary>The first date of a text with its time of day, which counts as UTC where no offset follows; null where there is none.</summary>
    public static DateTimeOffset? Find(string text)
    {
        if (text.Length > 400)
        {
            return null;
        }

        var plain = WithoutAccents(text);
        foreach (Match match in Day().Matches(plain))
        {
            if (DateOf(match) is { } date)
            {
                return date + TimeAfter(plain[(match.Index + match.Length)..], before: plain[..match.Index]);
            }
        }

        return null;
    }

    private static DateTimeOffset? DateOf(Match match)
    {
        int Number(string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        var (year, day) = (Number("year"), Number("day"));
        var month = match.Groups["name"] is { Success: true } name
            ? Array.Find(Months, known => name.Value.StartsWith(known.Start, StringComparison.OrdinalIgnoreCase)).Month
            : Number("month");

        // In 3/12/2026 either may be the month; in 13/12/2026 only one can be.
        if (match.Groups["slash"].Success && day != month)
        {
            (day, month) = (day, month) switch
            {
                ( > 12, <= 12) => (day, month),
                ( <= 12, > 12) => (month, day),
                _ => (0, 0),
            };
        }

        return year is > 2000 and < 2400 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) : null;
    }

    private static TimeSpan TimeAfter(string after, string before)
    {
        var match = Time().Match(after);
        match = match.Success ? match : Time().Match(before);
        if (!match.Success)
        {
            return TimeSpan.Zero;
        }

        int Number(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        var hour = match.Groups["half"].Value.ToUpperInvariant() switch
        {
            "AM" => Number("hour") % 12,
            "PM" => (Number("hour") % 12) + 12,
            _ => Number("hour"),
        };
        var offset = new TimeSpan(Number("zoneHours"), Number("zoneMinutes"), 0);
        return new TimeSpan(hour, Number("minute"), Number("second")) - (match.Groups["sign"].Value == "-" ? -offset : offset);
    }

    /// <summary>The names of months without their accents. Normalization needs ICU, which is not on every machine.</summary>
    private static string WithoutAccents(string text) => string.Create(text.Length, text, static (plain, source) =>
    {
        for (var index = 0; index < source.Length; index++)
        {
            plain[index] = source[index] switch
            {
                'é' or 'è' or 'É' => 'e',
                'û' or 'ù' or 'ü' => 'u',
                'ä' or 'á' or 'à' => 'a',
                'ç' => 'c',
                var other => other,
            };
        }
    });

    [GeneratedRegex(
        @"(?<![0-9A-Za-z])(((?<year>[0-9]{4})[-./](?<month>[0-9]{2})[-./](?<day>[0-9]{2})|(?<year>[0-9]{4}) ?年 ?(?<month>[0-9]{1,2}) ?月 ?(?<day>[0-9]{1,2}) ?日|(?<day>[0-9]{1,2})\.(?<month>[0-9]{1,2})\.(?<year>[0-9]{4})|(?<day>[0-9]{1,2})(?<slash>/)(?<month>[0-9]{1,2})/(?<year>[0-9]{4})"
        + @"|(?<day>[0-9]{1,2})\.?( de)? (?<name>[A-Za-z]{3,10})\.?,?( de)? (?<year>[0-9]{4})|(?<name>[A-Za-z]{3,10})\.? (?<day>[0-9]{1,2}),? (?<year>[0-9]{4}))(?![0-9])|(?<name>[A-Z][a-z]{2}) {1,2}(?<day>[0-9]{1,2}) (?=[0-9]{2}:[0-9]{2}:[0-9]{2} ([A-Z]{2,5} )?(?<year>[0-9]{4})(?![0-9])))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@"(?<![0-9:])(?<hour>[01]?[0-9]|2[0-3]):(?<minute>[0-5][0-9])(:(?<second>[0-5][0-9])([.,][0-9]+)?)?( ?(?<half>[AaPp][Mm])\b)?( ?(UTC|GMT|Z)?(?<sign>[+-])(?<zoneHours>0[0-9]|1[0-4]):?(?<zoneMinutes>[0-5][0-9])?)?(?![0-9:])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
