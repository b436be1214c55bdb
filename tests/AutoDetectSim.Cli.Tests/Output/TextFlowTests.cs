using AutoDetectSim.Cli.Output;
using Spectre.Console;

namespace AutoDetectSim.Cli.Tests.Output;

/// <summary>Text at the widths of narrow and wide terminals.</summary>
public sealed class TextFlowTests
{
    private const string Sentence = "Each of autodiscover.contoso.com and mail.contoso.com fails intermittently: 38 of 40 connections end with UNABLE_TO_VERIFY_LEAF_SIGNATURE.";

    public static TheoryData<int> Widths => [60, 80, 120];

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_sentence_is_broken_between_words_and_continued_below_its_text(int width)
    {
        var lines = TextFlow.WrapItem("  1. " + Sentence, width).ToList();

        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("     ", line, StringComparison.Ordinal));
        Assert.Equal("1. " + Sentence, string.Join(' ', lines.Select(line => line.Trim())));
    }

    [Theory]
    [InlineData("  autodetectsim learn answer QUESTION VALUE  answer a question, for example: answer next VALUE", 45)]
    [InlineData("  nodes behind a load balancer, each with its chain, are asked one after the other until every one of them was met", 2)]
    public void Prose_that_begins_like_a_command_gets_no_mark_of_the_shell(string line, int column)
    {
        var lines = ProseWriter.Lay(line, 80, 80, " \\").ToList();

        Assert.True(lines.Count > 1);
        Assert.All(lines, part => Assert.False(part.Length > 80 || part.EndsWith('\\'), part));
        Assert.All(lines.Skip(1), part => Assert.Equal(column, part.Length - part.TrimStart().Length));
    }

    [Fact]
    public void A_command_to_copy_is_continued_with_the_mark_of_the_shell() =>
        Assert.Contains(" \\", string.Join('\n', ProseWriter.Lay("  curl -i -x http://127.0.0.1:8080 --cacert /tmp/autodetectsim/lab/root.pem https://autodiscover.contoso.com/", 80, 80, " \\")), StringComparison.Ordinal);

    [Fact]
    public void A_word_that_is_longer_than_the_line_stays_whole() =>
        Assert.Equal(["see", "https://www.example.org/a/long/address", "there"], TextFlow.Wrap("see https://www.example.org/a/long/address there", 20));

    [Fact]
    public void A_command_is_continued_as_the_shell_wants_it_and_never_within_quotes()
    {
        var wrapped = TextFlow.WrapCommand("  curl -i -x http://127.0.0.1:8080 -H 'x-email: your@contoso.com' 'https://prod-autodetect.outlookmobile.com/detect'", 60, " \\");

        Assert.Equal(
            ["  curl -i -x http://127.0.0.1:8080 \\", "      -H 'x-email: your@contoso.com' \\", "      'https://prod-autodetect.outlookmobile.com/detect'"],
            wrapped.Split(Environment.NewLine));
    }

    [Fact]
    public void A_paragraph_that_was_broken_before_is_one_again_and_a_list_stays_a_list() =>
        Assert.Equal(["Since Monday it fails.", "", "- one", "- two", "The end."], TextFlow.Unwrap("Since Monday\nit fails.\n\n- one\n- two\nThe\nend.\n"));

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_table_breaks_no_word_and_fits(int width)
    {
        var table = new ReportTable("Chain", "Connections", "Share (95% interval)", "Strict verdict", "Empty", "Nodes");
        table.Add("A", 38, "95% (83.5% to 98.6%)", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "", "EX02 to EX20");
        table.Add("B", 2, "5% (1.4% to 16.5%)", "OK", "", "EX01");

        var printed = Print(table, width);

        Assert.All(printed.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        foreach (var word in (string[])["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "Connections", "interval", "EX20"])
        {
            Assert.Contains(word, printed, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Empty", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_become_blocks_where_the_words_do_not_fit_side_by_side()
    {
        var table = new ReportTable("Nodes", "Errors", "What the phone shows");
        table.Add("ex02 to ex20", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "selectProvider");

        Assert.Equal("Nodes ex02 to ex20\n  Errors: UNABLE_TO_VERIFY_LEAF_SIGNATURE\n  What the phone shows: selectProvider\n", Print(table, 50));
    }

    private static string Print(ReportTable table, int width)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = width;
        table.WriteTo(console);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
