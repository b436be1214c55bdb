using System.Text.Json;
using AutoDetectSim.Scenarios;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutoDetectSim.Web.Tests;

/// <summary>Phone, journal, check, scenario and lessons as people use them, in a real browser.</summary>
[Trait("Needs", "tools")]
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_phone_shows_what_the_user_sees_and_the_headers_decoded()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/phone");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync("your@contoso.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await Expect(page.Locator(".glass")).ToContainTextAsync("Sign in");
        await Expect(page.Locator(".header-words h3").First).ToHaveTextAsync("X-Debug-Support, decoded");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await Expect(page.Locator(".glass")).ToContainTextAsync("Select your email provider");
        await Expect(page.Locator(".path")).ToContainTextAsync("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "phone");
        await RunningConsole.IllustrateAsync(page, "phone");

        await page.GetByRole(AriaRole.Button, new() { Name = "Twenty people" }).ClickAsync();
        await Expect(page.Locator(".strip li")).ToHaveCountAsync(20);
        await Expect(page.Locator(".strip li.good")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Outlook on the desktop" }).ClickAsync();
        await Expect(page.Locator("h2", new() { HasText = "Outlook on the desktop" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Provision the mailbox" }).ClickAsync();
        await Expect(page.Locator("h2", new() { HasText = "Exchange Online provisions" })).ToBeVisibleAsync();
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "phone-twenty");
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task The_journal_is_filtered_opened_and_saved()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.DetectAsync(4);
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/journal");
        await Expect(page.Locator(".wide tbody tr")).Not.ToHaveCountAsync(0);
        await page.GetByLabel("Filter").FillAsync("ex02");
        await Expect(page.Locator(".wide tbody tr", new() { HasText = "perimeter/ex01" })).ToHaveCountAsync(0);
        await page.Locator(".wide tbody tr a").First.ClickAsync();
        await Expect(page.Locator(".side")).ToContainTextAsync("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
        await Expect(page.Locator(".side .certificate")).ToHaveCountAsync(1);
        await Expect(page.Locator(".timing-bar svg")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Time: DNS .* ms, TCP .* ms, TLS .* ms$"));
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "journal");
        await RunningConsole.IllustrateAsync(page, "journal");

        await page.GetByLabel("Filter").FillAsync("");
        using var har = JsonDocument.Parse(await SaveAsync(page, "HAR"));
        Assert.Equal("1.2", har.RootElement.GetProperty("log").GetProperty("version").GetString());
        Assert.Contains("curl -i -x http://127.0.0.1:", await SaveAsync(page, "curl commands"), StringComparison.Ordinal);
        Assert.Contains("Invoke-WebRequest -SkipCertificateCheck", await SaveAsync(page, "PowerShell commands"), StringComparison.Ordinal);

        await page.GetByLabel("Show").SelectOptionAsync("detections");
        await Expect(page.Locator(".wide tbody tr")).ToHaveCountAsync(4);
        await page.Locator(".wide tbody tr a").First.ClickAsync();
        await Expect(page.Locator(".side")).ToContainTextAsync("autoDv2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await console.DetectAsync(1);
        await Expect(page.Locator(".wide tbody tr")).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator(".wide tbody tr")).ToHaveCountAsync(5);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_check_shows_its_report_and_finds_the_fewest_changes_without_disturbing_the_lab()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/check");
        await Expect(page.GetByLabel("Host")).ToHaveValueAsync("autodiscover.contoso.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Expect(page.Locator(".badge")).ToHaveTextAsync("◐ Intermittent");
        await Expect(page.FrameLocator("iframe.report").Locator("h1")).ToHaveTextAsync("autodiscover.contoso.com");
        Assert.NotEqual("rgba(0, 0, 0, 0)", await page.FrameLocator("iframe.report").Locator("header").EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor"));
        await RunningConsole.PictureAsync(page, "check");
        var report = await page.Context.APIRequest.GetAsync(console.Url + await page.Locator("iframe.report").GetAttributeAsync("src"));
        var alone = await page.Context.NewPageAsync();
        await alone.SetContentAsync(await report.TextAsync());
        await RunningConsole.AssertAccessibleAsync(alone);
        await alone.CloseAsync();

        var connections = console.Lab.Network.Journal.Count;
        await page.Locator("summary", new() { HasText = "What if something were changed" }).ClickAsync();
        await page.GetByLabel("Find the fewest changes that help").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Expect(page.Locator(".header-words code")).ToHaveTextAsync("perimeter/ex{02..20}: present complete");
        await Expect(page.Locator("table", new() { HasText = "Success before and after" })).ToContainTextAsync("100 %");
        await Expect(page.Locator(".command")).ToContainTextAsync("autodetectsim check autodiscover.contoso.com --scenario one-in-twenty --email your@contoso.com --fix all");
        Assert.Empty(console.Lab.Control.Changes);
        Assert.Equal(connections, console.Lab.Network.Journal.Count);
        await RunningConsole.AssertAccessibleAsync(page);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_mistake_in_a_scenario_is_marked_at_its_place_and_a_sound_one_changes_the_running_lab()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/scenario");
        var text = page.GetByLabel("Scenario", new() { Exact = true });
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        var yaml = await text.InputValueAsync();
        await text.FillAsync(yaml + "nonsense: 1\n");
        await Expect(page.Locator(".lint")).ToContainTextAsync("1 problem");
        await Expect(page.Locator(".wrong")).ToHaveTextAsync("nonsense");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Continue the lab with this" })).ToBeDisabledAsync();
        await page.Locator(".lint button").ClickAsync();
        await Expect(page.Locator(".hint")).ToContainTextAsync("nonsense");
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "scenario");

        await text.FillAsync(yaml.Replace("Nineteen of twenty nodes", "Some nodes", StringComparison.Ordinal));
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with the running lab" }).ClickAsync();
        await Expect(page.Locator(".difference .added")).ToContainTextAsync("Some nodes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue the lab with this" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue with it" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("The lab continues with the scenario");
        Assert.StartsWith("Some nodes", console.Lab.Scenario.Title, StringComparison.Ordinal);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task The_library_is_found_by_symptom_and_evidence_becomes_a_scenario()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.DetectAsync(2);
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/scenario");
        await page.GetByLabel("Search").FillAsync("expired");
        await page.Locator(".library button").First.ClickAsync();
        await Expect(page.GetByLabel("Scenario", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("xpired"));

        using var folder = new TemporaryFolder();
        var evidence = folder.Write("s_client.txt", System.Text.Encoding.Unicode.GetBytes(await OpenSslAsync(console)));
        await page.GetByLabel("Evidence: drop files here, or choose them").SetInputFilesAsync(evidence);
        await Expect(page.Locator(".drop + div")).ToContainTextAsync("Read");
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        Assert.Empty(ScenarioLoader.Parse(await page.GetByLabel("Scenario", new() { Exact = true }).InputValueAsync(), "captured.yaml", baseDirectory: null).Problems);
        await RunningConsole.AssertAccessibleAsync(page);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_lesson_is_done_from_the_complaint_to_the_score()
    {
        await using var console = await RunningConsole.StartAsync("healthy");
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/learn");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start one-in-twenty", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("It works one time in twenty");
        await RunningConsole.AssertAccessibleAsync(page);
        await page.Locator("form", new() { HasText = "Connections" }).GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await Expect(page.Locator(".certificate.gap").First).ToContainTextAsync("Contoso Lab Issuing CA 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await Expect(page.Locator(".result").First).Not.ToBeEmptyAsync();

        var good = (await page.Locator(".result p", new() { HasText = ", 1 connection," }).First.InnerTextAsync()).Split("nodes ")[1].Split(':')[0].Trim().ToLowerInvariant();
        var broken = string.Join(", ", Enumerable.Range(1, 20).Select(number => $"ex{number:00}").Where(node => node != good));
        await page.GetByLabel("Host", new() { Exact = true }).Last.FillAsync("autodiscover.contoso.com");
        await page.GetByLabel("Nodes", new() { Exact = true }).FillAsync(broken);
        await page.GetByLabel("Fault").SelectOptionAsync("missingIntermediate");
        await page.GetByLabel("Layer").SelectOptionAsync("certificate");
        await page.GetByLabel("Certificate", new() { Exact = true }).FillAsync("Contoso Lab Issuing CA 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit the diagnosis" }).ClickAsync();
        await Expect(page.Locator(".result p.good").First).ToBeVisibleAsync();
        await RunningConsole.PictureAsync(page, "learn");
        await page.GetByLabel("Change", new() { Exact = true }).FillAsync($"perimeter/{broken.Replace(" ", "", StringComparison.Ordinal)}: install issuing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Repair", Exact = true }).ClickAsync();
        await Expect(page.Locator(".result", new() { HasText = "this fixed something" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).ClickAsync();
        await Expect(page.Locator(".result", new() { HasText = "Everything works" })).ToBeVisibleAsync();
        await Expect(page.Locator(".lead")).ToContainTextAsync("Score:");
        await page.GetByRole(AriaRole.Button, new() { Name = "Explain", Exact = true }).ClickAsync();
        await Expect(page.Locator(".result", new() { HasText = "The fault: missingIntermediate" })).ToBeVisibleAsync();
        await RunningConsole.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "End the lesson" }).ClickAsync();
        await Expect(page.Locator("tr", new() { HasText = "It works one time in twenty" })).ToContainTextAsync("✓ solved");
        await RunningConsole.AssertAccessibleAsync(page);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task Whoever_names_no_scenario_begins_with_the_story_of_one_in_twenty()
    {
        await using var console = await RunningConsole.StartAsync(isGuided: true);
        var page = await console.OpenAsync(await browser.NewPageAsync(motion: ReducedMotion.Reduce));
        await page.GetByRole(AriaRole.Button, new() { Name = "Let twenty people add their account" }).ClickAsync();
        await Expect(page.Locator(".strip li.good")).ToHaveCountAsync(1);
        await Expect(page.Locator(".strip li.bad")).ToHaveCountAsync(19);
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "start");
        await page.GetByRole(AriaRole.Link, new() { Name = "Reproduce" }).ClickAsync();
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(19);
        Assert.Empty(console.Complaints);
    }

    private static async Task<string> SaveAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync());
        return await File.ReadAllTextAsync((await download.PathAsync())!);
    }

    private static async Task<string> OpenSslAsync(RunningConsole console)
    {
        var endPoint = console.Lab.Network.CustomerVirtualIps.First().EndPoint!.ToString();
        var result = await Tool.OpenSslAsync("", "s_client", "-connect", endPoint, "-servername", "autodiscover.contoso.com", "-showcerts");
        return $"$ openssl s_client -connect autodiscover.contoso.com:443 -servername autodiscover.contoso.com -showcerts\n{result.Output}";
    }
}
