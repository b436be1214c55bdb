using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Binding;

/// <summary>Names with a range in braces: <c>ex{02..20}</c> stands for ex02, ex03 and so on to ex20.</summary>
internal static class NameRange
{
    /// <summary>How many names one scenario may have by ranges and counts.</summary>
    public const int Most = 10_000;

    private static readonly Regex Form = new(
        @"^(?<before>[^{}]*)\{(?<first>[0-9]{1,6})\.\.(?<last>[0-9]{1,6})\}(?<after>[^{}]*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>The names that a written name stands for; a name without braces stands for itself. Null, and the reason, when the range is none.</summary>
    public static IReadOnlyList<string>? Expand(string written, out string? problem)
    {
        problem = null;
        if (written.AsSpan().IndexOfAny('{', '}') < 0)
        {
            return [written];
        }

        if (Form.Match(written) is not { Success: true } match)
        {
            problem = $"`{written}` is no range of names";
            return null;
        }

        var first = int.Parse(match.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
        var last = int.Parse(match.Groups["last"].ValueSpan, CultureInfo.InvariantCulture);
        if (last < first)
        {
            problem = $"The range `{written}` runs backwards";
            return null;
        }

        if (last - first >= Most)
        {
            problem = $"The range `{written}` has more than {Most} names";
            return null;
        }

        var width = match.Groups["first"].Length;
        return
        [
            .. Enumerable.Range(first, last - first + 1).Select(number =>
                match.Groups["before"].Value + number.ToString("D" + width, CultureInfo.InvariantCulture) + match.Groups["after"].Value),
        ];
    }

    /// <summary>The names of a count: <c>perimeter01</c> to <c>perimeter20</c>.</summary>
    public static IReadOnlyList<string> Count(string prefix, int count)
    {
        var width = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        return [.. Enumerable.Range(1, count).Select(number => prefix + number.ToString("D" + width, CultureInfo.InvariantCulture))];
    }
}
