using System.Globalization;
using System.Text;

namespace AutoDetectSim.Exchange.Mail;

/// <summary>Puts a command of IMAP together from its lines: a literal (RFC 9051 4.3) continues it behind the line's end.</summary>
internal sealed class ImapCommand
{
    /// <summary>What is kept of one command; the rest of a longer one is passed over.</summary>
    private const int MaximumLength = 64 * 1024;

    private readonly StringBuilder _text = new();
    private long _missing;
    private StringBuilder? _literal;

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="asks">Whether the client waits to be asked for a literal.</param>
    /// <returns>The whole command; null if more has to come.</returns>
    public string? Add(string line, out bool asks)
    {
        asks = false;
        if (_literal is { } literal)
        {
            var length = Encoding.UTF8.GetByteCount(line);
            if (length < _missing)
            {
                Keep(literal, line);
                Keep(literal, "\r\n");
                _missing -= length + 2;
                if (_missing > 0)
                {
                    return null;
                }

                line = string.Empty;
            }
            else
            {
                var bytes = Encoding.UTF8.GetBytes(line);
                Keep(literal, Encoding.UTF8.GetString(bytes, 0, (int)_missing));
                line = Encoding.UTF8.GetString(bytes, (int)_missing, bytes.Length - (int)_missing);
            }

            _literal = null;
            Keep(_text, Quote(literal.ToString()));
        }

        if (LiteralOf(line) is { } announced)
        {
            Keep(_text, line[..announced.Start]);
            (_literal, _missing, asks) = (new StringBuilder(), announced.Length, announced.Asks);
            return null;
        }

        Keep(_text, line);
        var command = _text.ToString();
        _text.Clear();
        return command;
    }

    /// <summary>Splits the arguments of a command: atoms, quoted strings, and lists in parentheses as one.</summary>
    public static List<string> Split(string arguments)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isQuoted, isWord, depth) = (false, false, 0);
        for (var index = 0; index < arguments.Length; index++)
        {
            var c = arguments[index];
            if (isQuoted && c == '\\' && index + 1 < arguments.Length)
            {
                word.Append(arguments[++index]);
            }
            else if (c == '"')
            {
                (isQuoted, isWord) = (!isQuoted, true);
            }
            else if (!isQuoted && c == ' ' && depth == 0)
            {
                Finish();
            }
            else
            {
                depth += isQuoted ? 0 : c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
                word.Append(c);
                isWord = true;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }

    private static (int Start, long Length, bool Asks)? LiteralOf(string line)
    {
        var start = line.LastIndexOf('{');
        if (start < 0 || !line.EndsWith('}'))
        {
            return null;
        }

        var number = line[(start + 1)..^1];
        var asks = !number.EndsWith('+');
        return long.TryParse(asks ? number : number[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? (start, length, asks) : null;
    }

    private static void Keep(StringBuilder target, string text)
    {
        if (target.Length + text.Length <= MaximumLength)
        {
            target.Append(text);
        }
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
