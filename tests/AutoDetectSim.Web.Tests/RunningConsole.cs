using System.Net;
using AutoDetectSim.Cli.Web;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Web.Api;
using AutoDetectSim.Web.Desks;
using AutoDetectSim.Web.Hosting;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AutoDetectSim.Web.Tests;

/// <summary>A lab with its control server and its console, all over real sockets.</summary>
internal sealed class RunningConsole : IAsyncDisposable
{
    private readonly TemporaryFolder _data;
    private readonly ConsoleLessons _lessons;
    private readonly List<IBrowserContext> _contexts = [];

    private RunningConsole(Lab lab, ControlServer control, ConsoleServer console, TemporaryFolder data, ConsoleLessons lessons)
    {
        _data = data;
        _lessons = lessons;
        Lab = lab;
        Control = control;
        Console = console;
    }

    public Lab Lab { get; }

    public ControlServer Control { get; }

    public ConsoleServer Console { get; }

    /// <summary>The address of the console, without a path.</summary>
    public string Url => Console.Link.GetLeftPart(UriPartial.Authority);

    /// <summary>Messages of the browser that a page of ours must not cause: errors of scripts, refusals of the content security policy.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<RunningConsole> StartAsync(string scenario = "one-in-twenty", bool isGuided = false, Func<ConsoleSettings, ConsoleSettings>? configure = null)
    {
        var loaded = scenario.Contains('\n', StringComparison.Ordinal) ? ScenarioLoader.Parse(scenario, "world.yaml", baseDirectory: null) : ScenarioLibrary.Load(scenario);
        Assert.Empty(loaded.Problems);
        var lab = await Lab.StartAsync(loaded.Scenario!, new LabOptions(), TestContext.Current.CancellationToken);
        var control = await ControlServer.StartAsync(ControlPaths.Of(lab), TestContext.Current.CancellationToken);
        var data = new TemporaryFolder();
        var lessons = new ConsoleLessons(data.Path);
        var info = new ConsoleInfo { RootCertificate = "root.pem", ReadyFile = "lab.json", IsGuided = isGuided, Scenario = scenario.Contains('\n', StringComparison.Ordinal) ? "world.yaml" : scenario };
        var settings = new ConsoleSettings { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Desk = new Desk { Control = control.Access, Info = info, Lessons = lessons } };
        var console = await ConsoleServer.StartAsync(configure?.Invoke(settings) ?? settings, TestContext.Current.CancellationToken);
        return new RunningConsole(lab, control, console, data, lessons);
    }

    /// <summary>Opens the printed link, and then a page.</summary>
    public async Task<IPage> OpenAsync(IPage page, string hash = "", Uri? link = null)
    {
        _contexts.Add(page.Context);
        page.Console += (_, message) =>
        {
            // Chromium reports an answer that refuses a change like a missing file.
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 422", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        await page.GotoAsync((link ?? Console.Link).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("#nav a").First.WaitForAsync();
        if (hash.Length > 0)
        {
            await page.EvaluateAsync("hash => { location.hash = hash; }", hash);
        }

        await page.Locator("#live.good").WaitForAsync();
        return page;
    }

    /// <summary>Nothing serious may be found by axe, and the page may not be wider than its window.</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        // A report is shown in a frame that runs no scripts, in which axe would wait for ever.
        var result = await page.RunAxe(new AxeRunOptions { Iframes = false, RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(one => $"{one.Id} ({one.Impact}): {one.Help}: {string.Join(" | ", one.Nodes.Take(3).Select(node => node.Html))}")));
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= page.ViewportSize!.Width, $"The page is {width} pixels wide.");
    }

    /// <summary>Makes detections as a phone would.</summary>
    public async Task DetectAsync(int count)
    {
        using var client = LabFrontDoor.CreateClient(Lab, concurrency: 1);
        for (var number = 0; number < count; number++)
        {
            await client.CallAsync("your@contoso.com", ProbeRun.DefaultQuery, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Else its pages would go on looking for a console that has gone, beside those of the next tests.
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        await Console.DisposeAsync();
        await _lessons.DisposeAsync();
        await Control.DisposeAsync();
        await Lab.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Saves a picture for docs/console.md, with AUTODETECTSIM_UPDATE=1.</summary>
    public static async Task IllustrateAsync(IPage page, string name, int height = 900)
    {
        if (GeneratedFile.IsUpdate)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Tool.RepositoryRoot, "docs", "pictures")).FullName;
            await page.SetViewportSizeAsync(1280, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"console-{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>Saves a picture of the page in the folder of the variable AUTODETECTSIM_PICTURES; without it, none.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("AUTODETECTSIM_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
