using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Tells whether a terminal or a mail program cut the command line of s_client within a word, such as a host name.</summary>
internal static partial class CutWord
{
    private static readonly string[] Options = ["-connect", "-servername", "-showcerts", "-starttls", "-CAfile", "-CApath", "-noservername", "-tls1_2", "-tls1_3", "-brief"];

    /// <summary>Whether the first word of a line goes on with the last one of the command before it.</summary>
    /// <param name="command">The command so far.</param>
    /// <param name="next">The next line.</param>
    public static bool Goes(string command, string next)
    {
        if (End().Match(command) is not { Success: true } end || Rest().Match(next) is not { Success: true } rest)
        {
            return false;
        }

        var (last, first) = (end.Groups["word"].Value, rest.Groups["word"].Value);
        if (last[0] == '-')
        {
            return !Options.Contains(last, StringComparer.Ordinal) && Options.Contains(last + first, StringComparer.Ordinal);
        }

        return end.Groups["option"].Value switch
        {
            // The end of a name or number is there once the whole reads HOST:PORT.
            "-connect" => !Target().IsMatch(last) && Target().IsMatch(last + first) && Uri.CheckHostName((last + first).Split(':')[0]) != UriHostNameType.Unknown,
            "-servername" => command.Contains("-connect " + last + first + ":", StringComparison.OrdinalIgnoreCase) && first.Length > 0,
            _ => false,
        };
    }

    [GeneratedRegex(@"(^| )((?<option>-connect|-servername) +)?(?<word>[A-Za-z0-9_.:-]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex End();

    [GeneratedRegex(@"^(?<word>[A-Za-z0-9_.:-]+)( +([-<>|&;].*|2>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rest();

    /// <summary>A port that servers of mail and web have; 4, 44 and 99 are the beginning of one.</summary>
    [GeneratedRegex("^[A-Za-z0-9.-]+:(25|110|143|443|465|587|99[35]|[0-9]{4,5})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();
}
