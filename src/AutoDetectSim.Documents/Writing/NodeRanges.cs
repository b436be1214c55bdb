using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents.Binding;

namespace AutoDetectSim.Documents.Writing;

/// <summary>Writes runs of like parts with numbered names as ranges.</summary>
internal static partial class NodeRanges
{
    /// <summary>Parts that follow one another, whose names count up and whose bodies say the same, become one part with a range for its name.</summary>
    public static IEnumerable<NamedPart> Collapse(IReadOnlyList<NamedPart> parts)
    {
        for (var index = 0; index < parts.Count;)
        {
            var first = parts[index];
            var length = 1;
            if (Number(first.Names[0]) is { } start)
            {
                while (index + length < parts.Count
                    && string.Equals(parts[index + length].Names[0], start.Name(start.Value + length), StringComparison.Ordinal)
                    && YamlTree.Same(parts[index + length].Body, first.Body))
                {
                    length++;
                }

                if (length > 1)
                {
                    var last = start.Value + length - 1;
                    first = first with
                    {
                        Names = [$"{start.Before}{{{Digits(start.Value, start.Width)}..{Digits(last, start.Width)}}}"],
                    };
                }
            }

            yield return first;
            index += length;
        }
    }

    /// <summary>Names as changes write them: runs as ranges, with commas between.</summary>
    public static string Shown(IReadOnlyList<string> names) =>
        string.Join(",", Collapse([.. names.Select(name => new NamedPart([name], default, YamlTree.Null))]).Select(part => part.Names[0]));

    /// <summary>Names as reports print them (<c>EX02 to EX20, EX22</c>), in the form of changes (<c>EX{02..20},EX22</c>).</summary>
    public static string Read(string text) => Printed().Replace(text, match =>
        string.Equals(match.Groups["name"].Value, match.Groups["other"].Value, StringComparison.OrdinalIgnoreCase)
            ? $"{match.Groups["name"].Value}{{{match.Groups["first"].Value}..{match.Groups["last"].Value}}}"
            : match.Value);

    [GeneratedRegex("(?<name>[^\\s,{}]*?)(?<first>[0-9]{1,6})[\\s,]+to[\\s,]+(?<other>[^\\s,{}]*?)(?<last>[0-9]{1,6})(?![^\\s,])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Printed();

    private static Numbered? Number(string name)
    {
        var digits = name.Length - name.AsSpan().TrimEnd("0123456789").Length;
        // NameRange reads six digits at most.
        return digits is 0 or > 6
            ? null
            : new Numbered(name[..^digits], int.Parse(name.AsSpan(name.Length - digits), CultureInfo.InvariantCulture), digits);
    }

    private static string Digits(int value, int width) => value.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private sealed record Numbered(string Before, int Value, int Width)
    {
        public string Name(int value) => Before + Digits(value, Width);
    }
}
