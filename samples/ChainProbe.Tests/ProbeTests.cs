namespace ChainProbe.Tests;

/// <summary>The probe against a host whose nineteen of twenty nodes present no intermediate.</summary>
public sealed class ProbeTests() : LabTest("one-in-twenty")
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_finds_a_fault_that_comes_and_goes()
    {
        var report = await new Probe(Lab.CreateHandler()).CheckAsync("contoso.com", Token);
        Assert.Equal(Verdict.Intermittent, report.Verdict);
        Assert.Equal(95, report.Errors["UNABLE_TO_VERIFY_LEAF_SIGNATURE"]);
        await Lab.Journal.AssertMetEveryNodeAsync();
    }

    [Fact]
    public async Task A_probe_that_asks_once_would_miss_it()
    {
        var report = await new Probe(Lab.CreateHandler(), attempts: 1).CheckAsync("contoso.com", Token);
        Assert.Equal(Verdict.Healthy, report.Verdict);
        var missed = await Assert.ThrowsAsync<LabAssertionException>(() => Lab.Journal.AssertMetEveryNodeAsync());
        Assert.Contains("#1      0.000 s  perimeter/ex01", missed.Message);
    }

    [Fact]
    public async Task It_asks_the_host_by_its_name_and_never_twice_on_one_connection()
    {
        await new Probe(Lab.CreateHandler(), attempts: 20).CheckAsync("contoso.com", Token);
        await Lab.Journal.AssertAllAsync(connection => connection.ServerName == "autodiscover.contoso.com" && connection.Requests.Count <= 1);
        await Lab.Journal.AssertNoneAsync(connection => connection.Requests.Count > 0 && !connection.IsAccepted);
    }

    [Fact]
    public async Task It_says_healthy_once_the_customer_has_repaired_it_and_broken_once_the_certificates_expire()
    {
        await Lab.RepairAsync(Token);
        Assert.Equal(Verdict.Healthy, (await new Probe(Lab.CreateHandler()).CheckAsync("contoso.com", Token)).Verdict);
        Lab.Clock.Advance(TimeSpan.FromDays(400));
        var report = await new Probe(Lab.CreateHandler()).CheckAsync("contoso.com", Token);
        Assert.Equal((Verdict.Broken, 100), (report.Verdict, report.Errors["CERT_HAS_EXPIRED"]));
    }

    [Theory]
    [InlineData("healthy", Verdict.Healthy)]
    [InlineData("none-complete", Verdict.Broken)]
    [InlineData("one-of-two", Verdict.Intermittent)]
    [InlineData("chains/wrong-order", Verdict.Healthy)]
    [InlineData("chains/self-signed", Verdict.Broken)]
    public async Task It_judges_the_worlds_of_the_library_right(string scenario, Verdict expected)
    {
        await using var lab = await AutoDetectLab.StartAsync(scenario, cancellationToken: Token);
        Assert.Equal(expected, (await new Probe(lab.CreateHandler(), attempts: 20).CheckAsync("contoso.com", Token)).Verdict);
    }

    [Fact]
    public async Task It_judges_a_world_that_is_built_in_code_right()
    {
        var scenario = new ScenarioBuilder("weighted")
            .WithLoadBalancer("perimeter", perimeter => perimeter
                .WithAlgorithm(BalancingAlgorithm.Weighted)
                .WithNode("good", configure: node => node with { Weight = 9 })
                .WithNode("expired", ChainShape.ExpiredIntermediate))
            .Build();
        await using var lab = await AutoDetectLab.StartAsync(scenario, cancellationToken: Token);
        var report = await new Probe(lab.CreateHandler()).CheckAsync("contoso.com", Token);
        Assert.Equal((Verdict.Intermittent, 10), (report.Verdict, report.Errors["CERT_HAS_EXPIRED"]));
    }
}
