using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>The host names in variables and loops of a pasted script, of sh, PowerShell or cmd.</summary>
internal sealed partial class ShellVariables
{
    private const int MostValues = 50;

    private readonly Dictionary<string, string> _assigned = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, IReadOnlyList<string> Values)> _loops = [];

    private ShellVariables()
    {
    }

    /// <summary>Whether a line gives variables their values.</summary>
    public static bool IsLike(string text) => text.Length < 2000 && (Loop().IsMatch(text) || Assignment().IsMatch(text));

    /// <summary>Whether a line has a variable in it.</summary>
    public static bool Uses(string text) => Reference().IsMatch(text);

    public static ShellVariables Of(IEnumerable<EvidenceLine> lines)
    {
        var found = new ShellVariables();
        foreach (var text in lines.Select(line => line.Text).Where(text => text.Length < 2000))
        {
            foreach (Match match in Assignment().Matches(text))
            {
                found._assigned[match.Groups["name"].Value] = match.Groups["value"].Value;
            }

            foreach (Match match in Loop().Matches(text))
            {
                var values = Separator().Split(match.Groups["values"].Value).Where(value => value.Length > 0).ToList();
                found._loops.Add((match.Groups["name"].Value, values.TrueForAll(value => Value().IsMatch(value)) && values.Count <= MostValues ? values : []));
            }
        }

        return found;
    }

    /// <summary>A command line with the values of its variables: one text for each value of the loop that it is in, and whether that loop goes on to the next value after each call.</summary>
    public (IReadOnlyList<string> Texts, bool IsInnermost) Expand(string text)
    {
        var plain = Reference().Replace(text, match => _assigned.GetValueOrDefault(match.Groups["name"].Value, match.Value));
        var at = _loops.FindLastIndex(loop => loop.Values.Count > 0 && Reference().Matches(plain).Any(match => IsOf(match, loop.Name)));
        return at < 0
            ? ([plain], true)
            : ([.. _loops[at].Values.Select(value => Reference().Replace(plain, match => IsOf(match, _loops[at].Name) ? value : match.Value))], at == _loops.Count - 1);
    }

    private static bool IsOf(Match reference, string name) => string.Equals(reference.Groups["name"].Value, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>$name, ${name}, %name% and, in loops of cmd, %n.</summary>
    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]{0,40})\}?|%(?<name>[A-Za-z_][A-Za-z0-9_]{0,40})%|%{1,2}(?<name>[A-Za-z])(?![A-Za-z0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<=^|[ \t;&|#>])(export +|set +)?\$?(?<name>[A-Za-z_][A-Za-z0-9_]{0,40}) ?= ?[""']?(?<value>[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,10})[""']?(?=[ \t;&]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<![A-Za-z-])for(each)? *(\(? *\$?|%{1,2})(?<name>[A-Za-z_][A-Za-z0-9_]{0,40}) +in +\(?(?<values>[^;]{1,1000}?)(\) *do\b|\) *\{|;|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loop();

    [GeneratedRegex(@"[\s,""'()@]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9.-]{0,252}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Value();
}
