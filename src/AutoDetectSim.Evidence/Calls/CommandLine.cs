using System.Globalization;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>The words of a command line that somebody pasted, up to what the shell does with its output.</summary>
internal static class CommandLine
{
    /// <summary>The words after a program's name, or null where the line does not call it.</summary>
    public static IReadOnlyList<string>? After(string line, string program)
    {
        var at = line.IndexOf(program, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            var end = at + program.Length;
            end = line.AsSpan(end).StartsWith(".exe", StringComparison.OrdinalIgnoreCase) ? end + 4 : end;
            if ((at == 0 || !IsWord(line[at - 1])) && end < line.Length && line[end] is ' ' or '\t' or '"')
            {
                return Words(line[end..].TrimStart('"'));
            }

            at = line.IndexOf(program, at + 1, StringComparison.OrdinalIgnoreCase);
        }

        return null;
    }

    /// <summary>The value of an option, given as one word or as two, or null.</summary>
    public static string? Value(IReadOnlyList<string> words, params ReadOnlySpan<string> options)
    {
        for (var index = 0; index < words.Count; index++)
        {
            foreach (var option in options)
            {
                if (string.Equals(words[index], option, StringComparison.Ordinal) && index + 1 < words.Count)
                {
                    return words[index + 1];
                }

                if (words[index].StartsWith(option + "=", StringComparison.Ordinal))
                {
                    return words[index][(option.Length + 1)..];
                }
            }
        }

        return null;
    }

    /// <summary>Splits HOST:PORT. A variable of a script is not a host.</summary>
    public static (string? Host, int? Port) Target(string? text)
    {
        if (text is null)
        {
            return (null, null);
        }

        // Mail programs put a link in angle brackets behind what looks like a host.
        var target = text.Trim('"', '\'', '<', '>', ',');
        target = target.IndexOf('<', StringComparison.Ordinal) is > 0 and var link ? target[..link] : target;
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        target = scheme >= 0 ? target[(scheme + 3)..].Split('/')[0] : target;
        var colon = target.LastIndexOf(':');
        var bracket = target.LastIndexOf(']');
        var hasPort = colon > bracket && (bracket >= 0 || target.IndexOf(':', StringComparison.Ordinal) == colon);
        var host = (hasPort ? target[..colon] : target).Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        var port = hasPort ? PortOf(target[(colon + 1)..]) : null;
        return (Uri.CheckHostName(host) == UriHostNameType.Unknown ? null : host, port);
    }

    private static int? PortOf(string text) => text.ToUpperInvariant() switch
    {
        "HTTPS" => 443,
        "IMAPS" => 993,
        "SMTPS" => 465,
        "POP3S" => 995,
        "SMTP" => 25,
        "SUBMISSION" => 587,
        var number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null,
    };

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(200))
        {
            if (word[0] is '<' or '|' or '&' or ')' or '`' || word is "2>&1" || word.StartsWith("2>", StringComparison.Ordinal) || word[0] == '>')
            {
                break;
            }

            var end = word.AsSpan().IndexOfAny(";)`");
            var kept = (end >= 0 ? word[..end] : word).Trim('"', '\'');
            if (kept.Length > 0)
            {
                words.Add(kept);
            }

            if (end >= 0)
            {
                break;
            }
        }

        return words;
    }
}
