using System.Text.Json;
using Microsoft.Playwright;

namespace AutoDetectSim.FunctionalTests.Pages;

/// <summary>Reports as people open them: in a browser without a network, wide and narrow, light and dark.</summary>
[Trait("Needs", "tools")]
public sealed class ReportPageTests(Browser browser, ReportFiles files) : IClassFixture<Browser>, IClassFixture<ReportFiles>
{
    /// <summary>Texts whose contrast with what is behind them is too low (WCAG 2.1, 1.4.3: 4.5 to 1).</summary>
    private const string PaleTexts = """
        () => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => { const f = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
          const behind = element => { for (let e = element; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
          const pale = [];
          for (const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT); walker.nextNode();) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || element.closest('svg')) continue;
            const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))];
            if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) pale.push(walker.currentNode.data.trim());
          }
          return pale;
        }
        """;

    public static TheoryData<string, int, ColorScheme> Pages() =>
        [.. ReportFiles.Names.SelectMany(name => ((int[])[390, 1200]).SelectMany(width => ((ColorScheme[])[ColorScheme.Light, ColorScheme.Dark]).Select(scheme => (name, width, scheme))))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_needs_nothing_but_itself_and_is_readable_at_any_width_in_light_and_in_dark(string name, int width, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(width, scheme);
        var (messages, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) => messages.Add(message.Text);
        page.PageError += (_, error) => messages.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(files[name]).AbsoluteUri);

        await AssertReadableAsync(page, width);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
        await AssertReadableAsync(page, width);
        Assert.Empty(messages);
        Assert.Equal([new Uri(files[name]).AbsoluteUri], requests);
        Assert.Equal(scheme == ColorScheme.Dark, await page.EvaluateAsync<bool>("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 100"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_check_shows_every_part_for_the_customer_and_for_the_engineer()
    {
        var page = await OpenAsync("check");
        Assert.Equal("autodiscover.contoso.com", await page.Locator("h1").InnerTextAsync());
        Assert.Equal("Intermittent", await page.Locator("header .badge").InnerTextAsync());
        Assert.Equal(["Symptom", "Cause", "Why other clients work", "Confidence"], await page.Locator(".customer h3").AllInnerTextsAsync());
        Assert.Contains("19 of 20 servers (EX02 to EX20)", await page.Locator(".customer").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("CN=Contoso Lab Issuing CA 1", await page.Locator(".todo").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["AutoDiscover: autodiscover.contoso.com Intermittent", "ActiveSync: mail.contoso.com Intermittent"], await page.Locator(".host h2").AllInnerTextsAsync());

        var host = page.Locator(".host").First;
        Assert.Equal(19, await host.Locator("svg.topology .bad").CountAsync());
        Assert.Equal(1, await host.Locator("svg.topology .good").CountAsync());
        Assert.Equal(40, await host.Locator("svg.timeline rect").CountAsync());
        Assert.Equal(2, await host.Locator("svg.timeline rect.good").CountAsync());
        Assert.Equal(20, await host.Locator("details .bars li").CountAsync());
        Assert.Contains("Microsoft Remote Connectivity Analyzer", await host.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("AutoDiscover V2 names https://mail.contoso.com/Microsoft-Server-ActiveSync.", await host.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("modern authentication, with the sign-in at https://login", await page.Locator(".host").Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("http://aia.autodetectsim.test/issuing.cer", await page.Locator("section").Last.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detections_show_what_the_phone_did_and_the_headers_decoded()
    {
        var page = await OpenAsync("detect");
        Assert.Equal("your@contoso.com", await page.Locator("h1").InnerTextAsync());
        Assert.StartsWith("In 95 of 100 attempts to add your@contoso.com, the phone asks to select the email provider", await page.Locator(".customer p").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(100, await page.Locator("svg.timeline").First.Locator("rect").CountAsync());
        Assert.Equal(["X-Debug-Support, decoded", "X-Feedback-Token, decoded", "X-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE"], await page.Locator("section > .answer h3").AllInnerTextsAsync());
        Assert.Equal(2, await page.Locator(".host").CountAsync());
        Assert.Equal(1, await (await OpenAsync("detect-fixed")).Locator("pre", new() { HasText = "perimeter/ex{02..20}: present complete" }).CountAsync());
    }

    [Fact]
    public async Task Names_of_certificates_and_servers_turn_into_no_markup()
    {
        var page = await OpenAsync("hostile");
        Assert.Equal(0, await page.Locator("img, script, b").CountAsync());
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
        Assert.Contains("img src=x onerror=alert(1)", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        var markdown = await File.ReadAllTextAsync(files["hostile", "md"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<b>", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(" [link](", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_draws_with_mermaid_and_json_is_what_the_commands_print()
    {
        foreach (var name in (string[])["check", "detect"])
        {
            var markdown = await File.ReadAllTextAsync(files[name, "md"], TestContext.Current.CancellationToken);
            Assert.Contains("```mermaid\nflowchart LR\n", markdown, StringComparison.Ordinal);
            Assert.Contains("## Summary for the customer", markdown, StringComparison.Ordinal);
            Assert.Contains(".xxxxxxxxxxxxxxxxxxx.", markdown, StringComparison.Ordinal);
            Assert.Equal(0, markdown.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2);
        }

        using var check = JsonDocument.Parse(await File.ReadAllTextAsync(files["check", "json"], TestContext.Current.CancellationToken));
        Assert.Equal("intermittent", check.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(4, check.RootElement.GetProperty("customer").GetArrayLength());
        using var detect = JsonDocument.Parse(await File.ReadAllTextAsync(files["detect", "json"], TestContext.Current.CancellationToken));
        Assert.Equal(5, detect.RootElement.GetProperty("detections").GetProperty("successes").GetInt32());
        Assert.Equal(100, detect.RootElement.GetProperty("timeline").GetArrayLength());
        Assert.Equal(19, detect.RootElement.GetProperty("check").GetProperty("faultyNodes").GetArrayLength());
    }

    private async Task<IPage> OpenAsync(string name)
    {
        var page = await browser.OpenAsync(1200, ColorScheme.Light);
        await page.GotoAsync(new Uri(files[name]).AbsoluteUri);
        return page;
    }

    private static async Task AssertReadableAsync(IPage page, int width)
    {
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main *')].filter(element => !element.closest('.scroll, svg') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && getComputedStyle(element).display !== 'inline').map(element => element.outerHTML.slice(0, 120))
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>(PaleTexts));
    }
}
