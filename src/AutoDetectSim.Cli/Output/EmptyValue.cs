using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Output;

/// <summary>Values of a command line that are empty, as a variable of the shell leaves them that is not set.</summary>
internal static partial class EmptyValue
{
    /// <summary>Commands whose arguments are a person's words, which may be empty.</summary>
    private static readonly string[] TakeWords = ["regress", "learn", "explain", "change"];

    /// <summary>The option of which an empty value is one: files of certificates are often protected with an empty password.</summary>
    private const string Password = "--password";

    /// <summary>A sentence for each; none where every value has a character.</summary>
    public static IReadOnlyList<string> Find(ParseResult parsed)
    {
        var path = Path(parsed.CommandResult).ToList();
        return path.Exists(command => TakeWords.Contains(command.Command.Name, StringComparer.Ordinal)) ? []
            : [.. path.SelectMany(command => command.Children).Where(child => child is not CommandResult and not OptionResult { Option.Name: Password } && child.Tokens.Any(token => token.Type == TokenType.Argument && token.Value.Length == 0)).Select(child => Describe(child switch
            {
                OptionResult option => option.Option.Name,
                ArgumentResult argument => argument.Argument.Name,
                _ => "A value",
            })).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What the parser says of an option, without the names of types.</summary>
    public static string Reword(string message) => Unparsable().Match(message) is { Success: true } match ? Describe(match.Groups["option"].Value) : message;

    private static string Describe(string name) => $"{name} is empty: give it a value.";

    private static IEnumerable<CommandResult> Path(CommandResult command)
    {
        for (var current = command; current is not null; current = current.Parent as CommandResult)
        {
            yield return current;
        }
    }

    // Only what becomes a file or a folder is read by the parser itself, and only an empty name is none.
    [GeneratedRegex("^Cannot parse argument '' for (option|command) '(?<option>[^']*)' as expected type '[^']*'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unparsable();
}
