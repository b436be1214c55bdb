using AutoDetectSim.Cli.Learn;

namespace AutoDetectSim.Cli.Tests.Learn;

/// <summary>Pages of the documentation in a terminal.</summary>
public sealed class PagesTests
{
    [Fact]
    public void A_link_to_a_section_leads_to_the_section()
    {
        var text = Pages.ForTerminal("See [the logs](../../../docs/fidelity.md#logs-of-a-server).", folder: null);
        Assert.Equal("See the logs (autodetectsim learn read fidelity#logs-of-a-server).", text);
        var section = Pages.Read("fidelity", "logs-of-a-server")!;
        Assert.StartsWith("#", section, StringComparison.Ordinal);
        Assert.Contains("Logs of a server", section.Split('\n')[0], StringComparison.Ordinal);
        Assert.True(section.Length > 200 && section.Length < Pages.Read("fidelity").Length / 2);
    }

    [Fact]
    public void Every_link_to_a_section_of_a_page_has_its_section()
    {
        foreach (var page in Pages.Names)
        {
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(Pages.Read(page), @"autodetectsim learn read (?<page>[\w./-]+)#(?<section>[\w-]+)"))
            {
                Assert.True(Pages.Read(Pages.Find(link.Groups["page"].Value)!, link.Groups["section"].Value) is not null, $"{page}: {link.Value}");
            }
        }
    }

    [Fact]
    public async Task An_unknown_section_is_refused_with_those_that_there_are()
    {
        var result = await Tool.AutoDetectSimAsync("learn", "read", "fidelity#x");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("The page fidelity has no section 'x'. Choose from: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("logs-of-a-server", result.Error, StringComparison.Ordinal);
    }
}
