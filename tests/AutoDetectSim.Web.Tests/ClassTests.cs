using System.Net;
using AutoDetectSim.Cli.Web;
using AutoDetectSim.Scenarios.Library;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutoDetectSim.Web.Tests;

/// <summary>A class of three: each trainee at an own lab, and the trainer who watches.</summary>
[Trait("Needs", "tools")]
public sealed class ClassTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HostedClass _class = null!;
    private RunningConsole _console = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await HostedClass.OpenAsync(_folder.Path, ScenarioLibrary.Load("one-in-twenty").Scenario, 3, Token);
        _console = await RunningConsole.StartAsync("healthy", configure: settings => settings with { Class = _class, Desk = settings.Desk with { Info = settings.Desk.Info with { ClassFolder = _folder.Path } } });
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _class.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_trainer_sees_who_works_on_what_and_where_people_are_stuck()
    {
        var trainer = await _console.OpenAsync(await browser.NewPageAsync(), "/class");
        await Expect(trainer.Locator("table", new() { HasText = "trainee-03" })).ToContainTextAsync("not yet");
        await Expect(trainer.Locator("main")).ToContainTextAsync("No lesson has been started yet.");
        await RunningConsole.AssertAccessibleAsync(trainer);

        var mia = await _console.OpenAsync(await browser.NewPageAsync(), "/learn", _console.Console.LinkOf(0));
        await Expect(mia.Locator("#nav a", new() { HasText = "Class" })).ToHaveCountAsync(0);
        await mia.GetByLabel("Your name, for the class").FillAsync("Mia");
        await mia.GetByRole(AriaRole.Button, new() { Name = "Save the name" }).ClickAsync();
        await Expect(mia.Locator("#said")).ToContainTextAsync("The class report calls you Mia.");
        await RunningConsole.AssertAccessibleAsync(mia);
        await mia.GetByRole(AriaRole.Button, new() { Name = "Start one-in-twenty", Exact = true }).ClickAsync();
        await mia.GetByRole(AriaRole.Button, new() { Name = "Show the next hint" }).ClickAsync();
        await Expect(mia.Locator(".result", new() { HasText = "Hint 1" })).ToBeVisibleAsync();
        await mia.GetByLabel("Change", new() { Exact = true }).FillAsync("perimeter/ex{01..20}: up false");
        await mia.GetByRole(AriaRole.Button, new() { Name = "Repair", Exact = true }).ClickAsync();
        await Expect(mia.Locator("li", new() { HasText = "up false" })).ToBeVisibleAsync();

        var ben = await _console.OpenAsync(await browser.NewPageAsync(), "/lab", _console.Console.LinkOf(1));
        await Expect(ben.Locator("a.node.bad")).ToHaveCountAsync(19);
        await _class.Seats[1].Lab!.ChangeAsync("perimeter/ex{02..20}: present complete", Token);
        await Expect(ben.Locator("a.node.good")).ToHaveCountAsync(20);
        Assert.Empty(_console.Lab.Control.Changes);

        var row = trainer.Locator("table", new() { HasText = "Who works on what" }).Locator("tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("Mia");
        await Expect(row).ToContainTextAsync("It works one time in twenty");
        await Expect(row.Locator("td").Nth(2)).ToHaveTextAsync("1");
        await Expect(row).ToContainTextAsync("1 harmful");
        await Expect(trainer.Locator("table", new() { HasText = "Lessons of the class" })).ToContainTextAsync("not repaired yet (1)");
        var seats = trainer.Locator("table").Filter(new() { HasText = "Copy link" }).Locator("tbody tr");
        await Expect(seats.Nth(0)).ToContainTextAsync("● here");
        await Expect(seats.Nth(0)).ToContainTextAsync("one-in-twenty");
        await Expect(seats.Nth(1).Locator("td").Nth(5)).ToHaveTextAsync("1");
        await Expect(seats.Nth(2)).ToContainTextAsync("not yet");
        await Expect(trainer.Locator(".command")).ToContainTextAsync($"autodetectsim learn report {_folder.Path}");
        await RunningConsole.AssertAccessibleAsync(trainer);
        await RunningConsole.PictureAsync(trainer, "class");
        await RunningConsole.IllustrateAsync(trainer, "class", height: 1120);

        var download = await trainer.RunAndWaitForDownloadAsync(() => trainer.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).ClickAsync());
        var csv = await File.ReadAllTextAsync((await download.PathAsync())!, Token);
        Assert.Contains("Mia,one-in-twenty,", csv, StringComparison.Ordinal);
        Assert.Empty(_console.Complaints);
    }

    [Fact]
    public async Task The_link_of_a_trainee_opens_that_seat_and_nothing_else()
    {
        using var trainer = await EnterAsync(_console.Console.Link);
        using var first = await EnterAsync(_console.Console.LinkOf(0));
        using var second = await EnterAsync(_console.Console.LinkOf(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(trainer, "/api/class"));
        foreach (var path in new[] { "/api/class", "/api/class/report.csv" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(first, path));
        }

        Assert.Contains("\"scenario\":\"healthy\"", await trainer.GetStringAsync("/api/lab/state", Token), StringComparison.Ordinal);
        Assert.Contains("\"scenario\":\"one-in-twenty\"", await first.GetStringAsync("/api/lab/state", Token), StringComparison.Ordinal);
        Assert.DoesNotContain("classFolder", await first.GetStringAsync("/api/console", Token), StringComparison.Ordinal);
        await _class.Seats[0].Lab!.ChangeAsync("perimeter/ex01: up false", Token);
        Assert.Contains("ex01", await first.GetStringAsync("/api/lab/changes", Token), StringComparison.Ordinal);
        Assert.Equal("[]", await second.GetStringAsync("/api/lab/changes", Token));
        Assert.Equal("[]", await trainer.GetStringAsync("/api/lab/changes", Token));
    }

    [Fact]
    public async Task The_shared_folder_of_other_computers_is_shown_too_and_a_damaged_file_is_named()
    {
        await new Training.Progress.ProgressStore(Path.Combine(_folder.Path, "laptop-of-eve"), TimeProvider.System).OpenAsync("Eve", seed: 1, Token);
        _folder.Write("broken.json", "{ nonsense");
        var trainer = await _console.OpenAsync(await browser.NewPageAsync(360), "/class");
        await Expect(trainer.Locator("main p.bad")).ToContainTextAsync("broken.json");
        await RunningConsole.AssertAccessibleAsync(trainer);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<HttpClient> EnterAsync(Uri link)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(_console.Url) };
        using var answer = await client.GetAsync(link, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return answer.StatusCode;
    }
}
