using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;
using DocumentPages = AutoDetectSim.Cli.Learn.Pages;

namespace AutoDetectSim.FunctionalTests.Output;

/// <summary>Where commands write, and at which width.</summary>
public sealed class OutputTests
{
    private static readonly string Command = $"dotnet '{Tool.CommandAssembly}'";

    [Theory]
    [Trait("Needs", "time")]
    [InlineData("detect your@contoso.com --scenario one-in-twenty --attempts 20")]
    [InlineData("check autodiscover.contoso.com --scenario one-in-twenty --email your@contoso.com --verbose")]
    [InlineData("scenarios network")]
    public async Task A_report_fits_60_80_and_120_columns_and_breaks_no_word(string arguments)
    {
        var wide = await RunAsync(arguments, 400);
        var words = wide.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        foreach (var width in (int[])[60, 80, 120])
        {
            var narrow = await RunAsync(arguments, width);
            Assert.Empty(narrow.Error);
            AssertFits(narrow, width, words);
        }
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_report_in_a_pipe_is_on_standard_output_and_a_reader_that_leaves_early_ends_it_quietly()
    {
        var whole = await Tool.RunAsync("sh", ["-c", $"{Command} check autodiscover.contoso.com --scenario one-in-twenty --attempts 20 | grep -c fails"]);
        Assert.Equal(("", true), (whole.Error, int.Parse(whole.Output, System.Globalization.CultureInfo.InvariantCulture) > 0));

        var first = await Tool.RunAsync("sh", ["-c", $"{{ {Command} scenarios; echo \"exit code $?\" >&2; }} | head -1"]);
        Assert.Equal("exit code 0\n", first.Error);
        Assert.Single(first.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var detect = await Tool.RunAsync("sh", ["-c", $"{{ {Command} detect your@contoso.com --scenario none-complete --attempts 5; echo \"exit code $?\" >&2; }} | true"]);
        Assert.Equal("exit code 1\n", detect.Error);
    }

    [Fact]
    public async Task A_host_that_serves_AutoDiscover_and_ActiveSync_is_named_once()
    {
        var check = await InProcessCommand.RunAsync("check", "mail.contoso.com", "--scenario", "one-of-two", "--email", "your@contoso.com");

        Assert.Contains("mail.contoso.com fails intermittently", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Each of", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_page_in_the_terminal_has_tables_whole_words_and_commands_that_can_be_copied(int width)
    {
        var page = await RunAsync("learn read changes", width);

        var words = DocumentPages.Read("changes").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Split('`', '*', '|', '<', '>', '\\')).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain("<!--", page.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("```", page.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("|---", page.Output, StringComparison.Ordinal);
        Assert.All(page.Output.Split('\n').Where(line => line.Length > 0 && char.IsLetter(line[0])), line => Assert.True(line.Length <= width || !line.Contains(' ', StringComparison.Ordinal), line));
        Assert.All(page.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Split('`')).Where(word => word.Length > 3 && word.All(char.IsAsciiLetter)), word => Assert.Contains(word, words));
    }

    [Fact]
    public async Task Json_is_alone_on_standard_output_and_writes_apostrophes_as_they_are()
    {
        var check = await InProcessCommand.RunAsync("check", "autodiscover.contoso.com", "--scenario", "one-of-two", "--json");
        using var document = JsonDocument.Parse(check.Output);
        Assert.Empty(check.Error);
        Assert.Contains("computer's", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(@"computer\u0027s", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_with_the_same_finding_share_one_table_and_the_summary_comes_first()
    {
        var check = await InProcessCommand.RunAsync("check", "autodiscover.contoso.com", "--scenario", "one-in-twenty", "--email", "your@contoso.com");

        var lines = check.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("Reproduction of scenario one-in-twenty in a lab", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Each of autodiscover.contoso.com and mail.contoso.com fails intermittently: 38 of 40 connections", lines[1], StringComparison.Ordinal);
        Assert.Single(check.Output.Split('\n'), line => line.Contains("│ A ", StringComparison.Ordinal));
        Assert.DoesNotContain("valid until", check.Output, StringComparison.Ordinal);

        var verbose = await InProcessCommand.RunAsync("check", "autodiscover.contoso.com", "--scenario", "one-in-twenty", "--email", "your@contoso.com", "--verbose");
        Assert.Contains("valid until", verbose.Output, StringComparison.Ordinal);
        Assert.Contains("https://mail.contoso.com/Microsoft-Server-ActiveSync", verbose.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_request_that_the_control_server_cannot_read_is_answered_without_the_names_of_types()
    {
        await using var lab = await LabProcess.StartAsync("healthy", "--control");
        var control = lab.Ready.GetProperty("control");

        var refused = await Tool.RunAsync("curl", ["-sS", "-H", $"Authorization: Bearer {control.GetProperty("token").GetString()}", "-d", """{"change": 7}""", control.GetProperty("url").GetString() + "/changes"]);

        Assert.Contains("The body must be a JSON object with `change` (line 1, at $.change).", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AutoDetectSim", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\u00", refused.Output, StringComparison.Ordinal);
    }

    private static void AssertFits(ToolResult narrow, int width, HashSet<string> words)
    {
        foreach (var line in narrow.Output.Split('\n'))
        {
            Assert.True(line.Length <= width || !line.Trim().Contains(' ', StringComparison.Ordinal), $"{line.Length} columns: {line}");
        }

        // Times and keys differ from run to run; all other words are those of the wide report, or heads of blocks.
        var broken = narrow.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.All(letter => char.IsLetter(letter) || letter is '_' or '.' or '-') && word.Any(char.IsLetter) && !words.Contains(word.TrimEnd(':')) && !words.Contains(word));
        Assert.Empty(broken);
    }

    private static Task<ToolResult> RunAsync(string arguments, int width) =>
        Tool.RunAsync("sh", ["-c", $"{Command} {arguments}"], environment: new Dictionary<string, string> { ["COLUMNS"] = width.ToString(System.Globalization.CultureInfo.InvariantCulture) });
}
