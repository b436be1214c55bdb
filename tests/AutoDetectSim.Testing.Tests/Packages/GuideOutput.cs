using System.Text.RegularExpressions;

namespace AutoDetectSim.Testing.Tests.Packages;

/// <summary>
/// Compares what a guide shows below a command with what the command prints: line by line from the first to the last, whatever times,
/// rates and ports are, and with anything where the guide has an ellipsis, in a line or as one.
/// </summary>
internal static partial class GuideOutput
{
    private const string Ellipsis = "…";

    /// <summary>Asserts that a command prints what the guide shows; nothing is shown of commands whose output does not matter.</summary>
    public static void AssertIs(IReadOnlyList<string> shown, string printed, string command)
    {
        var expected = Lines(shown);
        if (expected.Count == 0)
        {
            return;
        }

        var actual = Lines(printed.ReplaceLineEndings("\n").Split('\n'));
        var (next, anywhere) = (0, false);
        var passages = Passages(expected);
        foreach (var (passage, isLast) in passages.Select((passage, index) => (passage, index == passages.Count - 1)))
        {
            var latest = actual.Count - passage.Count;
            var earliest = isLast && passage.Count > 0 ? Math.Max(next, latest) : next;
            var found = !anywhere
                ? (next <= latest && IsAt(passage, actual, next) && (!isLast || next == latest) ? next : -1)
                : Enumerable.Range(earliest, Math.Max(0, latest - earliest + 1)).Where(start => IsAt(passage, actual, start)).DefaultIfEmpty(-1).First();
            Assert.True(found >= 0, $"`{command}` prints\n{printed}\nand not{(next == 0 ? "" : ", after the part of the guide before it,")}\n{string.Join('\n', passage)}");
            (next, anywhere) = (found + passage.Count, true);
        }
    }

    /// <summary>The runs of lines between the lines that are an ellipsis; the first or last is empty where the guide begins or ends with one.</summary>
    private static List<List<string>> Passages(List<string> lines)
    {
        List<List<string>> passages = [[]];
        foreach (var line in lines)
        {
            if (line == Ellipsis)
            {
                passages.Add([]);
            }
            else
            {
                passages[^1].Add(line);
            }
        }

        return passages;
    }

    private static bool IsAt(List<string> passage, List<string> actual, int start) =>
        passage.Index().All(line => IsSame(line.Item, actual[start + line.Index]));

    private static bool IsSame(string shown, string printed) =>
        shown.Contains(Ellipsis, StringComparison.Ordinal)
            ? Regex.IsMatch(printed, $"^{string.Join(".*?", shown.Split(Ellipsis).Select(Regex.Escape))}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            : shown == printed;

    /// <summary>What is compared of lines: those that are not empty, without their indentation, and without what differs from run to run.</summary>
    private static List<string> Lines(IEnumerable<string> lines) =>
        [.. lines.Select(line => Port().Replace(Measured().Replace(Space().Replace(line, " ").Trim(), "#"), "#")).Where(line => line.Length > 0)];

    [GeneratedRegex("(?:< )?[0-9]+(?:[.,][0-9]+)*(?: ?(?:ms|s|min|m)\\b(?: [0-9]+ s\\b)?|(?= per second))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Measured();

    [GeneratedRegex("(?<=127\\.0\\.0\\.1:)[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Port();

    [GeneratedRegex("\\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();
}
