using System.Globalization;
using AutoDetectSim.Network;
using static Microsoft.Playwright.Assertions;

namespace AutoDetectSim.Web.Tests;

/// <summary>Pages beside a lab that serves 500 connections a second.</summary>
[Trait("Needs", "tools")]
public sealed class BusyLabTests(Browser browser) : IClassFixture<Browser>
{
    private const int PerTurn = 50;
    private const int Turns = 30;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("/lab")]
    [InlineData("/journal")]
    public async Task Five_hundred_connections_a_second_do_not_freeze_the_page(string hash)
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.OpenAsync(await browser.NewPageAsync(), hash);
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.busy = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) window.busy += one.duration; }).observe({ type: 'longtask' }); window.began = performance.now(); }");
        using (var timer = new PeriodicTimer(Turn, TimeProvider.System))
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                Serve(console.Lab.Network);
                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }

        var total = (PerTurn * Turns).ToString("N0", CultureInfo.InvariantCulture);
        await Expect(page.Locator(hash == "/lab" ? "#traffic" : ".wide")).ToContainTextAsync(total);

        // Tasks of 50 ms and more, which are what a person notices; a page that is redrawn for each connection is busy all the time.
        var share = await page.EvaluateAsync<double>("() => window.busy / (performance.now() - window.began)");
        TestContext.Current.TestOutputHelper?.WriteLine($"{hash} was busy for {share:P0} of the time.");
        Assert.True(share < 0.6, $"The page was busy for {share:P0} of the time.");
        Assert.Empty(console.Complaints);
    }

    /// <summary>Writes down connections as the lab does; real ones would keep this computer busy in place of the page.</summary>
    private static void Serve(LabNetwork network)
    {
        for (var number = 0; number < PerTurn; number++)
        {
            var connection = network.FindRoute("autodiscover.contoso.com", 443, network.Connections.NewExternalCaller()).Connection!;
            network.Journal.Open(connection).Closed();
            connection.Lease.Dispose();
        }
    }
}
