using System.CommandLine;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn read PAGE</c>: prints a page of the documentation.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var page = new Argument<string?>("PAGE") { Description = "Name of a page, for example errors/UNABLE_TO_VERIFY_LEAF_SIGNATURE, or of a section: fidelity#logs-of-a-server. Default: list the pages.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("read", "Print a page of the documentation, with links that work in a terminal.") { page };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(page) is { } name)
            {
                Print(name, parsed.GetValue(LearnOptions.Json));
            }
            else if (parsed.GetValue(LearnOptions.Json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new PageList([.. Pages.Names.Select(one => new Page(one, Pages.TitleOf(one), Text: null))]), LearnJson.Default.PageList));
            }
            else
            {
                var table = new ReportTable("Page", "Title");
                foreach (var one in Pages.Names)
                {
                    table.Add(one, Pages.TitleOf(one));
                }

                table.WriteTo(HumanConsole.Create());
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(string name, bool asJson)
    {
        var (path, section) = name.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (name[..at], name[(at + 1)..]) : (name, null);
        if (Pages.Find(path) is not { } found)
        {
            var nearest = NearestName.Find(path, Pages.Names.Concat(Pages.Names.Select(one => one[(one.LastIndexOf('/') + 1)..])));
            throw new InputException($"No page is named '{path}'; {(nearest is null ? "learn read lists all pages." : $"did you mean '{nearest}'?")}");
        }

        var text = section is null ? Pages.Read(found) : Pages.Read(found, section) ?? throw new InputException($"The page {found} has no section '{section}'. Choose from: {string.Join(", ", Pages.SectionsOf(found))}.");
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new PageList([new Page(found, Pages.TitleOf(found), text)]), LearnJson.Default.PageList));
        }
        else
        {
            MarkdownText.Write(text);
        }
    }
}

/// <summary>Pages of the documentation. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record PageList(IReadOnlyList<Page> Pages);

/// <summary>One page.</summary>
/// <param name="Name">The name that learn read takes.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">Its text in Markdown; null in a list.</param>
internal sealed record Page(string Name, string Title, string? Text);
