using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Finds AutoDetect's headers in a pasted response head, as curl, a browser or PowerShell shows it.</summary>
internal static partial class PastedHeaders
{
    private const int MaximumLines = 1000;

    private static readonly HashSet<string> OfAutoDetect = new([AutoDetectHeaders.DebugSupport, AutoDetectHeaders.FeedbackToken, AutoDetectHeaders.AutoDv2Error], StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers of each answer by name, or none when the text has no header names. Values that a terminal broke into lines are joined.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Find(string text)
    {
        var answers = new List<IReadOnlyDictionary<string, string>>();
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? name = null;
        var value = new StringBuilder();
        foreach (var line in text.Split('\n').Take(MaximumLines))
        {
            var match = NameAndValue().Match(line);
            if (match.Success || StatusLine().IsMatch(line))
            {
                Keep();
                name = null;

                // The next answer begins. curl -v -i prints each header twice, which is one answer.
                if (found.Keys.Any(OfAutoDetect.Contains) && (!match.Success || (OfAutoDetect.Contains(match.Groups["name"].Value) && found.TryGetValue(match.Groups["name"].Value, out var before) && !before.StartsWith(Bare(match.Groups["value"].Value), StringComparison.Ordinal))))
                {
                    answers.Add(found);
                    found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                }
            }

            if (match.Success)
            {
                name = match.Groups["name"].Value;
                value.Append(match.Groups["value"].ValueSpan);
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Keep();
                name = null;
            }
            else if (name is not null)
            {
                value.Append(line.AsSpan().Trim());
            }
        }

        Keep();
        return [.. answers, found];

        void Keep()
        {
            if (name is not null)
            {
                found[name] = Bare(value.ToString());
            }

            value.Clear();
        }
    }

    private static string Bare(string value) => value.Trim(' ', '\t', '\r', '"', '\'', '[', ']', '{', '}', ',');

    [GeneratedRegex(@"^[\s<]*HTTP/[0-9](\.[0-9])? [1-5][0-9]{2}( |\s*$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusLine();

    // curl and browsers: "Name: value"; PowerShell: "Name : value" and "[Name, value]"; JSON: "Name": "value".
    [GeneratedRegex("""^[\s<\["'{]*(?<name>[A-Za-z][A-Za-z0-9-]{1,60})["']?\s*[:,](?!//)\s*(?<value>.*?)\s*$""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameAndValue();
}
