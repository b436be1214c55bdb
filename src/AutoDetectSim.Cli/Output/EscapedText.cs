using System.Globalization;
using System.Text;

namespace AutoDetectSim.Cli.Output;

/// <summary>
/// Text of scenarios, progress files, hosts and headers as a terminal may show it: control characters, which could move the cursor,
/// set the title or hide text, appear as <c>\u001b</c>.
/// </summary>
internal static class EscapedText
{
    /// <summary>Escapes all control characters but line ends and tabs.</summary>
    public static string Of(string text) => Escape(text, static character => character is '\n' or '\r' or '\t');

    /// <summary>Escapes all control characters: the text stays on its line.</summary>
    public static string OneLine(string text) => Escape(text, static _ => false);

    /// <summary>Whether a terminal would act on a character in place of showing it.</summary>
    public static bool IsControl(char character) =>
        char.IsControl(character) || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';

    private static string Escape(string text, Func<char, bool> isKept)
    {
        if (!text.Any(character => IsControl(character) && !isKept(character)))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (IsControl(character) && !isKept(character))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }
}
