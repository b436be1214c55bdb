namespace AutoDetectSim.Documents;

/// <summary>Quotes words for the shells that people paste lines into. Names, paths and headers come from strangers.</summary>
internal static class ShellQuote
{
    /// <summary>A word for sh, bash and zsh, always in quotes.</summary>
    public static string Posix(string word) => "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    /// <summary>A word for fish, always in quotes.</summary>
    public static string Fish(string word) => "'" + word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal) + "'";

    /// <summary>A word for PowerShell, always in quotes. PowerShell takes typographic quotes for quotes too.</summary>
    public static string PowerShell(string word) =>
        "'" + string.Concat(word.Select(character => character is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{character}{character}" : character.ToString())) + "'";

    /// <summary>Whether every shell takes a word as it is, without quotes.</summary>
    public static bool IsPlain(string word) => word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ':' or '=' or '+' or ',' or '@');
}
