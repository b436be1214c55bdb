using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>
/// One end of a validity window (RFC 5280 4.1.2.5): a fixed time, or an offset from the start of the lab.
/// Written as an RFC 3339 time (<c>2021-05-15T16:46:21Z</c>, or the date alone for midnight UTC) or as a whole number
/// with a unit: <c>s</c>, <c>m</c> (minutes), <c>h</c>, <c>d</c>, <c>w</c>, <c>y</c> (calendar years), negative for the past.
/// </summary>
public readonly record struct ValidityBound
{
    private const int MaximumYears = 1000;

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd",
    ];

    private readonly DateTimeOffset? _time;
    private readonly long _amount;
    private readonly char _unit;

    private ValidityBound(DateTimeOffset time) => _time = time;

    private ValidityBound(long amount, char unit)
    {
        _amount = amount;
        _unit = unit;
    }

    /// <summary>Reads a bound.</summary>
    /// <param name="text">The text; surrounding white space is ignored.</param>
    /// <param name="bound">The bound, when the text is one.</param>
    /// <param name="error">What is wrong with the text and what would be right, when it is none.</param>
    /// <returns>Whether the text is a bound.</returns>
    public static bool TryParse(string? text, out ValidityBound bound, [NotNullWhen(false)] out string? error)
    {
        bound = default;
        error = null;
        var value = (text ?? "").Trim();
        if (value.Length <= 40 && TryParseTime(value, out bound))
        {
            return true;
        }

        if (value.Length < 2 || !long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            || UnitLength(value[^1]) is not { } unit)
        {
            error = $"'{Shorten(value)}' is neither an RFC 3339 time (2026-01-31T00:00:00Z) nor an offset from the start of the lab (-30d, 90d, 12h, -1y)";
            return false;
        }

        if (Math.Abs((double)amount) * unit.TotalDays > MaximumYears * 365.25)
        {
            error = $"'{Shorten(value)}' is more than {MaximumYears} years away";
            return false;
        }

        bound = new ValidityBound(amount, value[^1]);
        return true;
    }

    /// <summary>The point in time that is meant, in UTC and whole seconds.</summary>
    /// <param name="start">The start of the lab, which offsets count from.</param>
    /// <returns>The time; the nearest that X.509 can express where the sum lies beyond.</returns>
    public DateTimeOffset Resolve(DateTimeOffset start)
    {
        if (_time is { } time)
        {
            return Truncate(time);
        }

        var from = Truncate(start);
        try
        {
            return _unit == 'y' ? from.AddYears((int)_amount) : from + UnitLength(_unit == 0 ? 's' : _unit)!.Value * _amount;
        }
        catch (ArgumentOutOfRangeException)
        {
            return _amount < 0 ? DateTimeOffset.MinValue : Truncate(DateTimeOffset.MaxValue);
        }
    }

    internal static DateTimeOffset Truncate(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return new DateTimeOffset(utc.Ticks - utc.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }

    private static bool TryParseTime(string value, out ValidityBound bound)
    {
        bound = default;
        if (!DateTimeOffset.TryParseExact(value.ToUpperInvariant(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        bound = new ValidityBound(time);
        return true;
    }

    private static TimeSpan? UnitLength(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        'y' => TimeSpan.FromDays(365.25),
        _ => null,
    };

    private static string Shorten(string value) => value.Length <= 40 ? value : string.Concat(value.AsSpan(0, 40), "...");
}
