using System.Net;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing.Tests;

/// <summary>Labs whose time is moved.</summary>
public sealed class ClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificates_expire_when_the_clock_moves_on_and_are_valid_again_when_it_is_set_back()
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token);
        Assert.Equal(1, await JournalTests.ProbeAsync(lab, 1));
        lab.Clock.Advance(TimeSpan.FromDays(364));
        Assert.Equal(1, await JournalTests.ProbeAsync(lab, 1));
        lab.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await JournalTests.ProbeAsync(lab, 1));
        Assert.Equal("CERT_HAS_EXPIRED", lab.Nodes[0].Verdict);
        await lab.Journal.WhenSettledAsync(Token);
        Assert.Equal("CERT_HAS_EXPIRED", lab.Journal.Connections[^1].Verdict);
        await lab.ChangeAsync("certificates/perimeter: renew", Token);
        Assert.Equal("OK", lab.Nodes[0].Verdict);
        Assert.Equal(1, await JournalTests.ProbeAsync(lab, 1));
        await lab.ResetAsync(Token);
        Assert.Equal(("OK", TimeSpan.Zero), (lab.Nodes[0].Verdict, lab.Clock.Offset));
        lab.Clock.Advance(TimeSpan.FromDays(-60));
        Assert.Equal("CERT_NOT_YET_VALID", lab.Nodes[0].Verdict);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-300)]
    [InlineData(5000)]
    public async Task AutoDetect_itself_is_healthy_at_any_time(int days)
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token);
        for (var move = 0; move < 2; move++)
        {
            using var http = lab.CreateClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, lab.DetectUrl);
            request.Headers.Add("x-email", "your@contoso.com");
            Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(request, Token)).StatusCode);
            Assert.Equal(move == 0 ? null : days > 0 ? "CERT_HAS_EXPIRED" : "CERT_NOT_YET_VALID", lab.Journal.Detections[^1].Error);
            lab.Clock.Advance(TimeSpan.FromDays(days));
        }
    }

    [Fact]
    public async Task AutoDetect_forgets_what_it_has_learned_when_its_time_is_up()
    {
        var scenario = new ScenarioBuilder()
            .WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01"))
            .With(it => it with { AutoDetect = new AutoDetectDefinition { CacheLifetime = TimeSpan.FromHours(8) } })
            .Build();
        await using var lab = await AutoDetectLab.StartAsync(scenario, cancellationToken: Token);
        Assert.True(await IsFoundAsync(lab));
        await lab.Node("ex01").PresentAsync(ChainShape.MissingIntermediate, Token);
        lab.Clock.Advance(TimeSpan.FromHours(7));
        Assert.True(await IsFoundAsync(lab));
        lab.Clock.Advance(TimeSpan.FromHours(2));
        Assert.False(await IsFoundAsync(lab));
    }

    [Fact]
    public async Task A_lab_can_live_in_another_year()
    {
        var day = new DateTimeOffset(2021, 5, 15, 12, 0, 0, TimeSpan.Zero);
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", new AutoDetectLabOptions { StartTime = day }, Token);
        Assert.Equal("OK", lab.Node("ex01").Verdict);
        using var http = lab.CreateFrontDoorClient();
        http.DefaultRequestHeaders.Add("x-email", "your@contoso.com");
        using var response = await http.GetAsync("/detect", Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(day.Date, response.Headers.Date!.Value.UtcDateTime.Date);
        Assert.Equal(2031, lab.GetRootCertificates().First(root => root.Subject.StartsWith("CN=Contoso", StringComparison.Ordinal)).NotAfter.Year);
        lab.Clock.Advance(TimeSpan.FromDays(1));
        await lab.ResetAsync(Token);
        Assert.Equal(day.Date, lab.Clock.GetUtcNow().UtcDateTime.Date);
    }

    [Fact]
    public async Task Timeouts_take_the_time_that_they_take_however_the_clock_is_moved()
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01")).Build(), cancellationToken: Token);
        await lab.Node("ex01").ChangeAsync("latency 100ms", Token);
        using var http = lab.CreateClient();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var hour = Task.Delay(TimeSpan.FromHours(1), lab.Clock, stop.Token);
        var call = http.GetAsync("https://autodiscover.contoso.com/autodiscover/healthcheck.htm", Token);
        lab.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        lab.Clock.Advance(TimeSpan.FromDays(-300));
        await Task.Delay(TimeSpan.FromMilliseconds(1), lab.Clock, Token);
        Assert.False(hour.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hour);
    }

    [Fact]
    public async Task A_move_that_leads_to_no_date_is_refused()
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token);
        Assert.Throws<ArgumentOutOfRangeException>(() => lab.Clock.Advance(TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => lab.Clock.Advance(TimeSpan.MinValue));
        Assert.Equal(TimeSpan.Zero, lab.Clock.Offset);
    }

    private static async Task<bool> IsFoundAsync(AutoDetectLab lab)
    {
        using var http = lab.CreateFrontDoorClient();
        http.DefaultRequestHeaders.Add("x-email", "your@contoso.com");
        (await http.GetAsync("/detect", Token)).EnsureSuccessStatusCode();
        return lab.Journal.Detections[^1].IsFound;
    }
}
