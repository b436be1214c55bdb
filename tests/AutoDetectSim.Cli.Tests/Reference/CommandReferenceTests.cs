using System.CommandLine;
using System.CommandLine.Help;

namespace AutoDetectSim.Cli.Tests.Reference;

public sealed class CommandReferenceTests
{
    private static readonly Command Root = Program.CreateRoot();

    [Fact]
    public void The_reference_is_what_the_commands_say_of_themselves() =>
        GeneratedFile.AssertPart(Path.Combine(Tool.RepositoryRoot, "docs", "commands.md"), "commands", CommandReference.Generate(Root));

    [Fact]
    public void Every_command_argument_and_option_says_what_it_is_in_a_sentence()
    {
        var silent = CommandReference.Below(Root, Root.Name, []).SelectMany(one => one.Command.Options.Where(option => option is not HelpOption)
                .Select(option => (Name: $"{one.Path} {option.Name}", option.Description))
                .Concat(one.Command.Arguments.Select(argument => (Name: $"{one.Path} {argument.Name}", argument.Description)))
                .Append((Name: one.Path, one.Command.Description)))
            .Where(described => described.Description?.EndsWith('.') is not true);
        Assert.Empty(silent);
    }
}
