using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutoDetectSim.Web.Tests;

/// <summary>The lab as people look at it and touch it, in a real browser.</summary>
[Trait("Needs", "tools")]
public sealed class LabPageTests(Browser browser) : IClassFixture<Browser>
{
    private const string Hostile = """
        name: hostile
        authorities:
          root: { subject: 'CN=<img src=x onerror=alert(1)>, O="><script>alert(2)</script>"', trusted: true }
          issuing: { subject: "CN=<b>bold</b>, O=_x_", issuer: root, aiaUrl: "http://aia.example.com/%3Cscript%3E.cer" }
        loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }] } }

        """;

    [Fact]
    public async Task One_of_twenty_nodes_is_green_for_AutoDetect_and_all_are_for_the_analyzer()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await Expect(page.Locator("a.node.good")).ToHaveCountAsync(1);
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(19);
        await Expect(page.Locator(".lead")).ToContainTextAsync("AutoDetect: 1 of 20 nodes accepted. 19 × UNABLE_TO_VERIFY_LEAF_SIGNATURE.");

        await RunningConsole.PictureAsync(page, "lab-autodetect");
        await page.GetByLabel("Analyzer", new() { Exact = true }).CheckAsync();
        await Expect(page.Locator("a.node.good")).ToHaveCountAsync(20);
        await Expect(page.Locator(".lead")).ToContainTextAsync("20 of 20 nodes accepted.");
        await page.GetByLabel("Other clients").SelectOptionAsync("curl");
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(19);
        await RunningConsole.AssertAccessibleAsync(page);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_node_shows_the_gap_in_its_chain_and_is_repaired_in_place_and_back()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await page.Locator("a.node", new() { HasText = "ex02" }).ClickAsync();
        await Expect(page.Locator(".certificate.gap")).ToContainTextAsync("Missing: Contoso Lab Issuing CA 1");
        await Expect(page.Locator(".side")).ToContainTextAsync("Microsoft Remote Connectivity Analyzer");
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "node");
        await RunningConsole.IllustrateAsync(page, "lab", height: 1160);

        var line = page.Locator(".side .line-input");
        await line.FillAsync("perimeter/ex02: present complet");
        await Expect(page.Locator(".side .problems")).ToContainTextAsync("complete");
        await Expect(line).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator(".side .suggestions button", new() { HasText = "ex{02..20}: present complete" }).ClickAsync();
        await Expect(page.Locator(".side .problems")).ToHaveTextAsync("✓ valid");
        await page.Locator(".side button.main").ClickAsync();
        await Expect(page.Locator("a.node.good")).ToHaveCountAsync(20);
        await Expect(page.Locator(".certificate.gap")).ToHaveCountAsync(0);
        await Expect(page.Locator(".changes")).ToContainTextAsync("perimeter/ex{02..20}: present complete");
        await Expect(page.Locator(".command").Last).ToContainTextAsync("autodetectsim change \"perimeter/ex{02..20}: present complete\" --lab lab.json");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Undo") }).ClickAsync();
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(19);
        Assert.Equal(["perimeter/ex{02..20}: present complete", "Undone: perimeter/ex{02..20}: present complete"], console.Lab.Control.Changes.Select(change => change.Sentence));
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task What_another_process_changes_and_connects_shows_at_once()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(19);
        await console.Lab.ChangeAsync("perimeter/ex05: present complete", TestContext.Current.CancellationToken);
        await Expect(page.Locator("a.node.good")).ToHaveCountAsync(2);
        await console.Lab.ChangeAsync("perimeter/ex06: fault reset", TestContext.Current.CancellationToken);
        await Expect(page.Locator("a.node[aria-label='ex06: fails, reset']")).ToHaveCountAsync(1);
        await console.Lab.ChangeAsync("perimeter/ex07: up false", TestContext.Current.CancellationToken);
        await Expect(page.Locator("a.node.off")).ToHaveCountAsync(1);

        await console.DetectAsync(3);
        await Expect(page.Locator("#traffic")).ToContainTextAsync("3 detections so far.");
        await Expect(page.Locator("a.node .count").Filter(new() { HasTextRegex = new Regex("[0-9]") })).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_picture_can_be_read_as_a_table_and_used_with_the_keyboard()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await page.Locator("summary", new() { HasText = "The picture as a table" }).ClickAsync();
        await Expect(page.Locator("table", new() { HasText = "Nodes with the same result" })).ToContainTextAsync("ex02 to ex20 (19)");
        await page.Locator("a.node", new() { HasText = "ex03" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#side-title")).ToHaveTextAsync("ex03");
        await RunningConsole.AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task Ten_thousand_nodes_are_folded_and_each_can_be_found()
    {
        await using var console = await RunningConsole.StartAsync("""
            name: many
            loadBalancers: { perimeter: { nodes: [{ name: "ex{0001..0500}" }, { name: "ex{0501..10000}", present: missingIntermediate }] } }

            """);
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await Expect(page.Locator("a.node")).ToHaveCountAsync(2);
        await Expect(page.Locator(".lead")).ToContainTextAsync("500 of 10,000 nodes accepted.");
        await page.Locator("a.node.bad").ClickAsync();
        await page.GetByLabel("Name contains").FillAsync("9999");
        await page.Locator(".names a", new() { HasText = "ex9999" }).ClickAsync();
        await Expect(page.Locator(".certificate.gap")).ToHaveCountAsync(1);
        Assert.Empty(console.Complaints);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(2560, ColorScheme.Light)]
    [InlineData(2560, ColorScheme.Dark)]
    public async Task Hostile_names_are_text_and_the_page_fits_every_window(int width, ColorScheme scheme)
    {
        await using var console = await RunningConsole.StartAsync(Hostile);
        var page = await console.OpenAsync(await browser.NewPageAsync(width, scheme, ReducedMotion.Reduce), "/lab/perimeter/ex02");
        await Expect(page.Locator(".certificate.gap")).ToContainTextAsync("<b>bold</b>");
        Assert.Equal(0, await page.Locator("main img, main b, main script").CountAsync());
        await RunningConsole.PictureAsync(page, $"hostile-{width}-{scheme}");
        await RunningConsole.AssertAccessibleAsync(page);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_closed_firewall_shows_for_AutoDetect_alone()
    {
        await using var console = await RunningConsole.StartAsync("""
            name: closed
            loadBalancers: { perimeter: { denyFrom: [autodetect], nodes: 2 } }

            """);
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(2);
        await Expect(page.Locator(".lead")).ToContainTextAsync("2 × firewall.");
        await page.GetByLabel("Browser", new() { Exact = true }).CheckAsync();
        await Expect(page.Locator("a.node.good")).ToHaveCountAsync(2);
    }
}
