using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Binding;

/// <summary>Names with a range in braces: <c>ex{02..20}</c> expands to ex02, ex03 and so on up to ex20.</summary>
internal static partial class NameRange
{
    /// <summary>The most names that ranges and counts may add to one scenario.</summary>
    public const int Most = 10_000;

    /// <summary>Expands a written name; a name without braces is returned unchanged. Null, with the reason, when the range is not valid.</summary>
    public static IReadOnlyList<string>? Expand(string written, out string? problem)
    {
        problem = null;
        if (written.AsSpan().IndexOfAny('{', '}') < 0)
        {
            return [written];
        }

        if (Form().Match(written) is not { Success: true } match)
        {
            problem = $"`{written}` is not a valid name range, for example ex{{02..20}}";
            return null;
        }

        var first = long.Parse(match.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
        var last = long.Parse(match.Groups["last"].ValueSpan, CultureInfo.InvariantCulture);
        if (last < first)
        {
            problem = $"The range `{written}` must count upwards";
            return null;
        }

        if (last - first >= Most)
        {
            problem = $"The range `{written}` is too large: it has more than {Most} names";
            return null;
        }

        var width = match.Groups["first"].Length;
        return
        [
            .. Enumerable.Range(0, (int)(last - first + 1)).Select(step =>
                match.Groups["before"].Value + (first + step).ToString("D" + width, CultureInfo.InvariantCulture) + match.Groups["after"].Value),
        ];
    }

    /// <summary>The names of a count: <c>perimeter01</c> to <c>perimeter20</c>.</summary>
    public static IReadOnlyList<string> Count(string prefix, int count)
    {
        var width = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        return [.. Enumerable.Range(1, count).Select(number => prefix + number.ToString("D" + width, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"^(?<before>[^{}]*)\{(?<first>[0-9]{1,18})\.\.(?<last>[0-9]{1,18})\}(?<after>[^{}]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
