using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Puts many names into few words: <c>EX02 to EX20</c>.</summary>
internal static partial class NameRow
{
    private const int MostParts = 6;

    /// <summary>Names in a row; three and more that count up are joined, and a row that is still long is cut.</summary>
    public static string Of(IReadOnlyList<string> names)
    {
        var parts = Parts(names);
        return parts.Count <= MostParts
            ? string.Join(", ", parts)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", parts.Take(MostParts - 1))} and {parts.Count - MostParts + 1} more");
    }

    /// <summary>The same with all names, however many there are.</summary>
    public static string All(IReadOnlyList<string> names) => string.Join(", ", Parts(names));

    private static List<string> Parts(IReadOnlyList<string> names)
    {
        var parts = new List<string>();
        for (var index = 0; index < names.Count;)
        {
            var end = index;
            while (end + 1 < names.Count && Follows(names[end], names[end + 1]))
            {
                end++;
            }

            parts.AddRange(end - index >= 2 ? [$"{names[index]} to {names[end]}"] : names.Skip(index).Take(end - index + 1));
            index = end + 1;
        }

        return parts;
    }

    private static bool Follows(string name, string next)
    {
        var (one, other) = (Numbered().Match(name), Numbered().Match(next));
        return one.Success && other.Success
            && string.Equals(one.Groups["text"].Value, other.Groups["text"].Value, StringComparison.Ordinal)
            && long.Parse(other.Groups["number"].Value, CultureInfo.InvariantCulture) == long.Parse(one.Groups["number"].Value, CultureInfo.InvariantCulture) + 1;
    }

    [GeneratedRegex("^(?<text>.*?)(?<number>[0-9]{1,15})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbered();
}
