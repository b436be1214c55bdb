using System.IO.Compression;
using AutoDetectSim.Cli.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutoDetectSim.Web.Tests;

/// <summary>Writing scenarios with the help of the schema, and taking certificates away.</summary>
[Trait("Needs", "tools")]
public sealed class EditorTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Settings_and_values_are_completed_and_explained_as_they_are_written()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/scenario");
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        var text = page.GetByLabel("Scenario", new() { Exact = true });
        await text.FillAsync("name: mine\nloadBalancers:\n  perimeter:\n    nodes:\n      - name: ex01\n");
        await text.PressAsync("Control+End");
        await text.PressSequentiallyAsync("        pres");
        await Expect(page.Locator("[role=option]:visible")).ToHaveCountAsync(1);
        await Expect(page.Locator("[role=option]:visible")).ToContainTextAsync("The chain that is served");
        await text.PressAsync("Tab");
        await text.PressAsync("Control+Space");
        await Expect(page.Locator("[role=option]:visible").First).ToBeVisibleAsync();
        await RunningConsole.AssertAccessibleAsync(page);
        await RunningConsole.PictureAsync(page, "completion");
        await RunningConsole.IllustrateAsync(page, "scenario");
        await text.PressSequentiallyAsync("missi");
        await Expect(page.Locator("[role=option][aria-selected=true]:visible")).ToContainTextAsync("missingIntermediate");
        await text.PressAsync("Enter");
        await Expect(text).ToHaveValueAsync("name: mine\nloadBalancers:\n  perimeter:\n    nodes:\n      - name: ex01\n        present: missingIntermediate");
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        await Expect(page.Locator(".help")).ToContainTextAsync("present The chain that is served");
        await text.PressAsync("Control+z");
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("present: missi$"));

        // Nothing is offered within a comment, and Escape closes the list.
        await text.FillAsync("# na");
        await text.PressAsync("Control+Space");
        await text.FillAsync("");
        await text.PressAsync("Control+Space");
        await Expect(page.Locator("[role=option]:visible").First).ToBeVisibleAsync();
        await text.PressAsync("Escape");
        await Expect(page.Locator("[role=option]:visible")).ToHaveCountAsync(0);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_scenario_starts_from_a_template_for_a_domain_and_a_number_of_servers()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/scenario");
        await page.Locator("#template").SelectOptionAsync("one-server");
        await Expect(page.GetByRole(AriaRole.Spinbutton, new() { Name = "Servers" })).ToBeDisabledAsync();
        await page.Locator("#template").SelectOptionAsync("terminating-device");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Domain" }).FillAsync("fabrikam.com");
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Servers" }).FillAsync("12");
        await Expect(page.Locator("pre", new() { HasText = "autodetectsim new" })).ToHaveTextAsync("autodetectsim new terminating-device --domain fabrikam.com --nodes 12 -o terminating-device.yaml");
        await RunningConsole.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start from this template" }).ClickAsync();
        await Expect(page.GetByLabel("Scenario", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("your@fabrikam.com"));
        await Expect(page.GetByLabel("Scenario", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("ex\\{01\\.\\.12\\}"));
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Domain" }).FillAsync("not a domain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start from this template" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("'not a domain' is not a domain name");
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task A_setting_under_the_mouse_is_explained()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/scenario");
        var text = page.GetByLabel("Scenario", new() { Exact = true });
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        await text.FillAsync("edition: 2025\n");
        await text.HoverAsync(new() { Position = new() { X = 30, Y = 18 } });
        await Expect(page.Locator(".tip")).ToContainTextAsync("Which AutoDetect is imitated.");
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task Certificates_are_downloaded_as_certs_gen_writes_them_and_keys_only_when_asked_for()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), "/scenario");
        await Expect(page.Locator(".lint")).ToHaveTextAsync("✓ no problems");
        var names = await ZipAsync(page);
        Assert.Contains("servers/ex02/chain.pem", names);
        Assert.Contains("README.md", names);
        Assert.DoesNotContain(names, name => name.EndsWith("key.pem", StringComparison.Ordinal));
        await Expect(page.Locator(".command", new() { HasText = "certs-gen" })).ToContainTextAsync("certs-gen scenario.yaml -o certificates");
        await page.GetByLabel("With private keys").CheckAsync();
        await Expect(page.Locator(".command", new() { HasText = "certs-gen" })).ToContainTextAsync("--keys");
        var withKeys = await ZipAsync(page);
        Assert.All((string[])["servers/ex02/key.pem", "nginx.conf", "haproxy.cfg"], name => Assert.Contains(name, withKeys));
        await RunningConsole.AssertAccessibleAsync(page);

        await page.GetByLabel("Scenario", new() { Exact = true }).FillAsync("nonsense: 1\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Download certificates as ZIP" }).ClickAsync();
        await Expect(page.Locator("#said.bad")).ToContainTextAsync("nonsense");
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task Scenarios_that_were_opened_lately_are_on_the_first_page()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("mine.yaml", "name: mine\n");
        RecentScenarios.Open(folder.Path, "one-in-twenty");
        RecentScenarios.Open(folder.Path, file);
        Assert.Equal(["one-in-twenty", file], RecentScenarios.Open(folder.Path, "one-in-twenty"));
        folder.Write("recent.json", "{ damaged");
        Assert.Empty(RecentScenarios.Open(folder.Path, opened: null));

        await using var console = await RunningConsole.StartAsync(isGuided: true, configure: settings => settings with { Desk = settings.Desk with { Info = settings.Desk.Info with { Recent = ["one-in-twenty", file] } } });
        var page = await console.OpenAsync(await browser.NewPageAsync());
        await Expect(page.Locator("section", new() { HasText = "Recent scenarios" }).Last).ToContainTextAsync($"autodetectsim console {file}");
        await RunningConsole.AssertAccessibleAsync(page);
    }

    private static async Task<IReadOnlyList<string>> ZipAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download certificates as ZIP" }).ClickAsync());
        Assert.Equal("scenario-certificates.zip", download.SuggestedFilename);
        await using var archive = await ZipFile.OpenReadAsync((await download.PathAsync())!);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
