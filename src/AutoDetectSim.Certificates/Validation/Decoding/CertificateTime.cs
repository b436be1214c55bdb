namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>
/// notBefore or notAfter. RFC 5280 4.1.2.5 wants seconds and <c>Z</c>, and nothing else; to rank expired candidates
/// OpenSSL also understands the other forms of X.680 (no seconds, a fraction, an offset).
/// </summary>
internal sealed class CertificateTime
{
    private const long SecondsPerDay = 86_400;

    private CertificateTime(long? strict, long? lenient)
    {
        Seconds = strict;
        RankingSeconds = lenient;
    }

    /// <summary>Seconds since 1970-01-01 UTC, or null if the field is no RFC 5280 time.</summary>
    internal long? Seconds { get; }

    /// <summary>Seconds since 1970-01-01 UTC of any X.680 time, or null.</summary>
    internal long? RankingSeconds { get; }

    internal static CertificateTime Create(DerValue value)
    {
        var text = value.Content.Span;
        var generalized = value.Tag == DerTag.GeneralizedTime;
        var lenient = Parse(text, generalized);
        var strictLength = generalized ? 15 : 13;
        var strict = text.Length == strictLength && text[^1] == (byte)'Z' && text[..^1].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return new CertificateTime(strict ? lenient : null, lenient);
    }

    /// <summary>The time as a .NET value, or null if it is no RFC 5280 time or lies outside .NET's range.</summary>
    internal DateTimeOffset? ToDateTimeOffset() =>
        Seconds is { } seconds && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static long? Parse(ReadOnlySpan<byte> text, bool generalized)
    {
        if (text.Length < (generalized ? 13 : 11))
        {
            return null;
        }

        var p = 0;
        Span<int> parts = [0, 0, 0, 0, 0, 0, 0];
        for (var i = generalized ? 0 : 1; i < parts.Length; i++)
        {
            if (i == 6 && text[p] is (byte)'Z' or (byte)'+' or (byte)'-')
            {
                break;
            }

            // A zone designator must follow, so that the last two digits can never end the text.
            if (p + 2 >= text.Length || !TwoDigits(text[p..], out parts[i]) || !InRange(i, parts[i]))
            {
                return null;
            }

            p += 2;
            if (!generalized && i == 1)
            {
                (parts[0], parts[1]) = (parts[1] < 50 ? 20 : 19, parts[1]);
            }

            if (i == 3 && parts[3] > DaysInMonth((parts[0] * 100) + parts[1], parts[2]))
            {
                return null;
            }
        }

        if (generalized && text[p] == (byte)'.')
        {
            var digits = text[(p + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
            {
                return null;
            }

            p += 1 + digits;
        }

        var seconds = (DaysFromCivil((parts[0] * 100) + parts[1], parts[2], parts[3]) * SecondsPerDay)
            + (parts[4] * 3600) + (parts[5] * 60) + parts[6];
        return AddZone(text[p..], seconds);
    }

    private static long? AddZone(ReadOnlySpan<byte> zone, long seconds)
    {
        if (zone[0] == (byte)'Z')
        {
            return zone.Length == 1 ? seconds : null;
        }

        if (zone[0] is not ((byte)'+' or (byte)'-') || zone.Length != 5
            || !TwoDigits(zone[1..], out var hours) || hours > 12 || !TwoDigits(zone[3..], out var minutes) || minutes > 59)
        {
            return null;
        }

        var offset = (hours * 3600) + (minutes * 60);
        return zone[0] == (byte)'-' ? seconds + offset : seconds - offset;
    }

    private static bool TwoDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (text.Length < 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[1]))
        {
            return false;
        }

        value = ((text[0] - '0') * 10) + (text[1] - '0');
        return true;
    }

    private static bool InRange(int part, int value) => part switch
    {
        2 => value is >= 1 and <= 12,
        3 => value is >= 1 and <= 31,
        4 => value <= 23,
        5 or 6 => value <= 59,
        _ => true,
    };

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days since 1970-01-01 in the proleptic Gregorian calendar; .NET's own dates begin with the year 1, certificates with 0.</summary>
    private static long DaysFromCivil(int year, int month, int day)
    {
        year -= month <= 2 ? 1 : 0;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097L) + dayOfEra - 719_468;
    }
}
