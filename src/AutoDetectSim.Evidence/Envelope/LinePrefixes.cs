using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>
/// Takes off what log collectors, terminals and pagers put before each line of a program's output: line numbers, times, the name of a container. A prefix
/// counts only where several lines in a row have it: a program's own numbers and times stay.
/// </summary>
internal static partial class LinePrefixes
{
    /// <summary>Lines in a row that must have a prefix.</summary>
    private const int Fewest = 5;

    /// <summary>Prefixes before one another, such as a number before a time.</summary>
    private const int MostLayers = 2;

    /// <summary>The lines without prefixes; a line that had one has lost its marks of quotation, too. With it, the time that stood before each line, or null.</summary>
    public static (string[] Lines, string?[] Times) Strip(string[] lines)
    {
        var times = new string?[lines.Length];
        for (var layer = 0; layer < MostLayers; layer++)
        {
            bool[] found = [Strip(lines, Time(), times), Strip(lines, Container(), times), Strip(lines, Number(), times)];
            if (!found.Contains(true))
            {
                break;
            }
        }

        // curl's progress stands alone in a line or before another one.
        return ([.. lines.Select(line => line.Length < 4000 && line.Contains("--:--", StringComparison.Ordinal) ? Meter().Replace(line, "") : line)], times);
    }

    private static bool Strip(string[] lines, Regex prefix, string?[] times)
    {
        var found = false;
        var run = new List<(string Key, string Text, string? Time)>();
        for (var index = 0; index <= lines.Length; index++)
        {
            var match = index < lines.Length && lines[index].Length is > 0 and < 4000 ? prefix.Match(EvidenceDocument.Unquote(lines[index])) : Match.Empty;
            var key = match.Groups["key"].Value;
            if (match.Success && (run.Count == 0 || Follows(run[^1].Key, key, match.Groups["number"].Success)))
            {
                run.Add(Part(key, match));
                continue;
            }

            if (run.Count >= Fewest)
            {
                found = true;
                for (var taken = 0; taken < run.Count; taken++)
                {
                    lines[index - run.Count + taken] = run[taken].Text;
                    times[index - run.Count + taken] ??= run[taken].Time;
                }
            }

            run.Clear();
            if (match.Success)
            {
                run.Add(Part(key, match));
            }
        }

        return found;
    }

    private static (string Key, string Text, string? Time) Part(string key, Match match) =>
        (key, match.Groups["rest"].Value, match.Groups["time"] is { Success: true } time ? time.Value : null);

    /// <summary>Numbers count up by one; the name of a container stays the same; times have no key.</summary>
    private static bool Follows(string last, string key, bool isNumber) =>
        isNumber ? int.Parse(key, CultureInfo.InvariantCulture) == int.Parse(last, CultureInfo.InvariantCulture) + 1 : string.Equals(last, key, StringComparison.Ordinal);

    [GeneratedRegex(@"^[>| ]*[0-9]{1,3} +[0-9.]+[kMG]? +[0-9]{1,3} +[0-9.]+[kMG]?( +[0-9.]+[kMG]?){4} +([0-9-]+:[0-9-]{2}:[0-9-]{2} +){3}[0-9.]+[kMG]?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Meter();

    [GeneratedRegex(@"^(?<key>(?<number>[0-9]{1,6}))[:.)|]?([ \t](?<rest>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<key>[a-z0-9][A-Za-z0-9_.-]{0,60}) +\|( (?<rest>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Container();

    /// <summary>ISO 8601 or syslog's form, in brackets or not, with the names of a CI job before it or of a host and a program after it.</summary>
    [GeneratedRegex(@"^(?<key>)([^\t]{1,80}\t[^\t]{1,80}\t|\[pod/[^\]]{1,200}\] )?\[?(?<time>[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}[0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2}( [A-Za-z0-9.-]{1,60} [A-Za-z0-9._/-]{1,40}(\[[0-9]{1,8}\])?:)?|[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,9})?)\]?:?( std(out|err) [FP])?( (?<rest>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
