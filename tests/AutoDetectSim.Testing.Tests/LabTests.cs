using System.Collections.Concurrent;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Testing.Tests;

/// <summary>Starting and stopping labs.</summary>
public sealed class LabTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_scenario_of_the_library_goes_by_its_name()
    {
        Assert.Contains("one-in-twenty", AutoDetectLab.Library);
        Assert.Contains("chains/self-signed", AutoDetectLab.Library);
        await using var lab = await AutoDetectLab.StartAsync("chains/self-signed", cancellationToken: Token);
        Assert.Equal("self-signed", lab.Scenario.Name);
    }

    [Fact]
    public async Task A_scenario_file_goes_by_its_path()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("mine.yaml", "loadBalancers: { perimeter: { nodes: [{ name: ex01, present: selfSigned }] } }\n");
        await using var lab = await AutoDetectLab.StartAsync(file, cancellationToken: Token);
        Assert.Equal("DEPTH_ZERO_SELF_SIGNED_CERT", lab.Node("ex01").Verdict);
    }

    [Fact]
    public async Task A_scenario_that_is_none_is_refused_with_every_problem()
    {
        var misspelled = await Assert.ThrowsAsync<ScenarioException>(() => AutoDetectLab.StartAsync("one-in-tweny", cancellationToken: Token));
        Assert.Contains("did you mean `one-in-twenty`?", misspelled.Message, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var file = folder.Write("mine.yaml", "loadBalancers:\n  perimeter:\n    nodes: [{ nam: ex01 }]\nsed: 1\n");
        var broken = await Assert.ThrowsAsync<ScenarioException>(() => AutoDetectLab.StartAsync(file, cancellationToken: Token));
        Assert.Contains($"{file}:3:", broken.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:1: ", broken.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ScenarioException>(() => AutoDetectLab.StartAsync(new Scenario { Name = "no name" }, cancellationToken: Token));
    }

    [Fact]
    public async Task Thirty_labs_run_side_by_side_and_see_nothing_of_each_other()
    {
        var counts = await Task.WhenAll(Enumerable.Range(1, 30).Select(async nodes =>
        {
            var scenario = new ScenarioBuilder().WithSeed(nodes).WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex{1.." + nodes + "}")).Build();
            await using var lab = await AutoDetectLab.StartAsync(scenario, cancellationToken: Token);
            var successes = await JournalTests.ProbeAsync(lab, nodes);
            await lab.Journal.AssertMetEveryNodeAsync();
            return (successes, lab.Journal.Connections.Count);
        }));
        Assert.Equal(Enumerable.Range(1, 30).Select(nodes => (nodes, nodes)), counts);
    }

    [Fact]
    public async Task A_lab_that_has_been_stopped_says_so_where_it_is_used_and_still_tells_what_it_was()
    {
        var lab = await AutoDetectLab.StartAsync("one-of-two", cancellationToken: Token);
        await JournalTests.ProbeAsync(lab, 2);
        var client = lab.CreateClient();
        await lab.DisposeAsync();
        await lab.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => lab.RootCertificateFile);
        Assert.Throws<ObjectDisposedException>(() => lab.ProcessEnvironment);
        Assert.Throws<ObjectDisposedException>(lab.CreateFrontDoorClient);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await lab.ConnectAsync("mail.contoso.com", 443, Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.ChangeAsync("perimeter/ex01: up false", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.RepairAsync(Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.ResetAsync(Token));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("https://mail.contoso.com/"), Token));
        Assert.IsType<ObjectDisposedException>(refused.InnerException);
        Assert.Equal((2, "one-of-two"), (lab.Journal.Connections.Count, lab.Scenario.Name));
    }

    [Fact]
    public async Task A_lab_logs_where_it_is_told_to()
    {
        using var loggers = new Recorder();
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", new AutoDetectLabOptions { Loggers = loggers }, Token);
        using var http = lab.CreateFrontDoorClient();
        http.DefaultRequestHeaders.Add("x-email", "your@contoso.com");
        await http.GetAsync("/detect", Token);
        Assert.Contains(loggers.Lines, line => line.Contains("your@contoso.com: status 200", StringComparison.Ordinal));
    }

    private sealed class Recorder : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
