using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace AutoDetectSim.CertsGen;

/// <summary>Values of a command line that are empty, as an unset variable of the shell leaves them, or are not of their option's type.</summary>
internal static partial class UnusableValue
{
    /// <summary>A sentence for each option and argument with an empty value; none where every value has a character.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="mayBeEmpty">Whether an empty value means something to an option or argument.</param>
    public static IReadOnlyList<string> FindEmpty(ParseResult parsed, Predicate<Symbol> mayBeEmpty)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            foreach (var child in command.Children.Where(child => child.Tokens.Any(token => token.Type == TokenType.Argument && token.Value.Length == 0)))
            {
                if (SymbolOf(child) is { } symbol && !mayBeEmpty(symbol))
                {
                    names.Add(symbol.Name);
                }
            }
        }

        return [.. names.Distinct(StringComparer.Ordinal).Select(IsEmpty)];
    }

    /// <summary>What the parser says of a value that it cannot read, without the names of types.</summary>
    public static string Reword(string message) =>
        CannotParse().Match(message) is not { Success: true } match ? message
        : match.Groups["value"].Value is { Length: > 0 } value ? $"{match.Groups["option"].Value} must be a whole number, not '{value}'."
        : IsEmpty(match.Groups["option"].Value);

    private static string IsEmpty(string name) => $"{name} is empty: give it a value.";

    private static Symbol? SymbolOf(SymbolResult result) => result switch
    {
        OptionResult option => option.Option,
        ArgumentResult argument => argument.Argument,
        _ => null,
    };

    // Of files and folders, the parser refuses the empty name alone; what else it reads itself are whole numbers.
    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']*)' as expected type '[^']*'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex CannotParse();
}
