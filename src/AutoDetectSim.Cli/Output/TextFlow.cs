using System.Text;

namespace AutoDetectSim.Cli.Output;

/// <summary>Breaks text into lines between words. A word that is longer than a line stays whole.</summary>
internal static class TextFlow
{
    /// <summary>The lines of a text.</summary>
    /// <param name="text">The text; its own line ends are kept.</param>
    /// <param name="width">The columns of a line.</param>
    /// <param name="indent">Spaces before the first line.</param>
    /// <param name="hanging">Spaces before the lines that continue it.</param>
    public static IEnumerable<string> Wrap(string text, int width, int indent = 0, int hanging = 0)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder().Append(' ', indent);
            var isEmpty = true;
            foreach (var word in paragraph.Split(' '))
            {
                if (!isEmpty && word.Length > 0 && line.Length + 1 + word.Length > width && line.ToString().AsSpan().Trim().Length > 0)
                {
                    yield return line.ToString().TrimEnd();
                    line.Clear().Append(' ', hanging);
                    isEmpty = true;
                }

                line.Append(isEmpty ? "" : " ").Append(word);
                isEmpty = false;
            }

            yield return line.ToString().TrimEnd();
        }
    }

    /// <summary>A line in which the indentation and any marker such as <c>1.</c> or <c>-</c> stand before the text: continued below the text.</summary>
    /// <param name="line">The line.</param>
    /// <param name="width">The columns of a line.</param>
    /// <param name="hanging">How far a line without a marker is continued to the right of its beginning.</param>
    public static IEnumerable<string> WrapItem(string line, int width, int hanging = 2)
    {
        var spaces = line.Length - line.AsSpan().TrimStart(' ').Length;
        return Wrap(line, width, hanging: spaces + (MarkerOf(line.AsSpan(spaces)) ?? hanging));
    }

    /// <summary>A command for a shell: continued with the shell's mark at the end of a line, never within quotes.</summary>
    /// <param name="command">The command, with its indentation.</param>
    /// <param name="width">The columns of a line.</param>
    /// <param name="continuation">What a line that goes on ends with, for example a backslash.</param>
    public static string WrapCommand(string command, int width, string continuation)
    {
        if (command.Length <= width)
        {
            return command;
        }

        var indent = command.Length - command.AsSpan().TrimStart(' ').Length;
        var lines = new List<string>();
        var line = new StringBuilder().Append(' ', indent);
        var isEmpty = true;
        foreach (var argument in Together(Arguments(command[indent..])))
        {
            if (!isEmpty && line.Length + 1 + argument.Length + continuation.Length > width)
            {
                lines.Add(line.Append(continuation).ToString());
                line.Clear().Append(' ', indent + 4);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(argument);
            isEmpty = false;
        }

        lines.Add(line.ToString());
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>The lines of a text whose paragraphs were broken at some width: each paragraph becomes one line, and lists, indented and empty lines stay.</summary>
    public static IEnumerable<string> Unwrap(string text)
    {
        var paragraph = new StringBuilder();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            var isText = line.Length > 0 && line[0] is not (' ' or '|' or '#' or '`') && MarkerOf(line) is null;
            if (paragraph.Length > 0 && !isText)
            {
                yield return paragraph.ToString();
                paragraph.Clear();
            }

            if (isText)
            {
                paragraph.Append(paragraph.Length > 0 ? " " : "").Append(line);
            }
            else
            {
                yield return line;
            }
        }

        if (paragraph.Length > 0)
        {
            yield return paragraph.ToString();
        }
    }

    private static int? MarkerOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(' ');
        return end > 0 && (text[..end] is "-" || (text[end - 1] == '.' && text[..(end - 1)].ContainsAnyInRange('0', '9') && !text[..(end - 1)].ContainsAnyExceptInRange('0', '9'))) ? end + 1 : null;
    }

    /// <summary>An option and its value belong together.</summary>
    private static IEnumerable<string> Together(IEnumerable<string> arguments)
    {
        string? option = null;
        foreach (var argument in arguments)
        {
            var isOption = argument.StartsWith('-');
            if (option is not null)
            {
                yield return isOption ? option : $"{option} {argument}";
                option = isOption ? argument : null;
            }
            else if (isOption)
            {
                option = argument;
            }
            else
            {
                yield return argument;
            }
        }

        if (option is not null)
        {
            yield return option;
        }
    }

    private static IEnumerable<string> Arguments(string command)
    {
        var start = 0;
        char? quote = null;
        for (var index = 0; index < command.Length; index++)
        {
            var letter = command[index];
            if (quote is null && letter == ' ')
            {
                yield return command[start..index];
                start = index + 1;
            }
            else if (quote is null && letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (quote == letter)
            {
                quote = null;
            }
        }

        yield return command[start..];
    }
}
