using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Output;

/// <summary>Finds the command or option that a misspelled one means.</summary>
internal static class Misspelling
{
    /// <summary>A sentence about the first misspelled word of a command line; null where there is none, or nothing is like it.</summary>
    public static string? Find(ParseResult parsed)
    {
        var isFree = parsed.CommandResult.Command.Name is "regress";
        foreach (var token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => token.Type == TokenType.Argument))
        {
            if (token.Value.StartsWith("--", StringComparison.Ordinal))
            {
                // The tool of regress has options that are not this program's.
                return !isFree && NearestName.Find(token.Value, Options(parsed.CommandResult)) is { } option ? $"Unknown option '{token.Value}'; did you mean '{option}'?" : null;
            }

            if (parsed.UnmatchedTokens.Contains(token.Value, StringComparer.Ordinal) && parsed.CommandResult.Command.Subcommands is { Count: > 0 } commands)
            {
                return NearestName.Find(token.Value, commands.Select(command => command.Name)) is { } command ? $"Unknown command '{token.Value}'; did you mean '{command}'?" : null;
            }
        }

        return null;
    }

    private static IEnumerable<string> Options(CommandResult? result)
    {
        var isOwn = true;
        for (var current = result; current is not null; current = current.Parent as CommandResult)
        {
            foreach (var option in current.Command.Options.Where(option => isOwn || option.Recursive))
            {
                yield return option.Name;
            }

            isOwn = false;
        }
    }
}
