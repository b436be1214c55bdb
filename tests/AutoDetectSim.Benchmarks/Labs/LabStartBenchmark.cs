using System.Diagnostics;
using System.Globalization;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Benchmarks.Labs;

/// <summary>How long a lab takes to start, to answer its first detection, to be changed, and to stop: cold, warm, and with a thousand nodes.</summary>
internal static class LabStartBenchmark
{
    private const int WarmRounds = 20;

    public static async Task RunAsync()
    {
        var processStart = Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var twenty = Scenario(20);
        Console.WriteLine("| lab | start | first detection | stop | from process start |");
        Console.WriteLine("|---|---|---|---|---|");
        var cold = await MeasureAsync(twenty);
        Print("20 nodes, cold", cold, (DateTime.UtcNow - processStart).TotalMilliseconds);
        Print("20 nodes, second in the process", await MeasureAsync(twenty));
        var warm = new List<Sample>();
        for (var round = 0; round < WarmRounds; round++)
        {
            warm.Add(await MeasureAsync(twenty));
        }

        Print($"20 nodes, median of {WarmRounds}", Sample.Median(warm));
        Print("1,000 nodes", await MeasureAsync(Scenario(1000)));
        await TestLabBenchmark.RunAsync(Print);
        var (few, many) = (await MeasureChangeAsync(twenty), await MeasureChangeAsync(Scenario(1000)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one node changed while the lab runs: of 20 {few:0.0} ms, of 1,000 {many:0.0} ms (medians of {WarmRounds})"));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak working set: {process.PeakWorkingSet64 / 1024 / 1024} MB"));
    }

    private static Scenario Scenario(int nodes)
    {
        var certificate = new CertificateRecipe { Name = "mail", Issuer = "issuing", Hosts = ["autodiscover.contoso.com", "mail.contoso.com"] };
        return new Scenario
        {
            Name = "benchmark",
            Authorities =
            [
                new AuthorityRecipe { Name = "root", Subject = "CN=Benchmark Root", Trusted = true },
                new AuthorityRecipe { Name = "issuing", Subject = "CN=Benchmark Issuing CA", Issuer = "root" },
            ],
            Certificates = [certificate],
            Organizations = [new OrganizationDefinition { Name = "contoso", Domains = ["contoso.com"], ActiveSyncUrl = "https://mail.contoso.com/Microsoft-Server-ActiveSync" }],
            LoadBalancers =
            [
                new LoadBalancerDefinition
                {
                    Name = "perimeter",
                    Hosts = certificate.Hosts,
                    Nodes = [.. Enumerable.Range(1, nodes).Select(number => new NodeDefinition
                    {
                        Name = $"ex{number:0000}",
                        Present = new PresentedChainRecipe { Certificate = "mail", Shape = number == 1 ? ChainShape.Complete : ChainShape.MissingIntermediate },
                    })],
                },
            ],
        };
    }

    private static async Task<Sample> MeasureAsync(Scenario scenario)
    {
        var watch = Stopwatch.StartNew();
        var lab = await Lab.StartAsync(scenario);
        var start = watch.Elapsed.TotalMilliseconds;
        using (var client = LabFrontDoor.CreateClient(lab, 1))
        {
            watch.Restart();
            var result = await new ProbeRun(client, lab, TimeProvider.System).RunAsync("a@contoso.com", 1, 1, null, CancellationToken.None);
            if (result.Successes != 1)
            {
                throw new InvalidOperationException("The first detection meets the complete node and must succeed.");
            }
        }

        var first = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        await lab.DisposeAsync();
        return new Sample(start, first, watch.Elapsed.TotalMilliseconds);
    }

    private static async Task<double> MeasureChangeAsync(Scenario scenario)
    {
        await using var lab = await Lab.StartAsync(scenario);
        var times = new List<Sample>();
        for (var round = 0; round < WarmRounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await lab.ChangeAsync($"perimeter/ex0002: present {(round % 2 == 0 ? "complete" : "missingIntermediate")}");
            times.Add(new Sample(watch.Elapsed.TotalMilliseconds, 0, 0));
        }

        return Sample.Median(times).Start;
    }

    private static void Print(string name, Sample sample, double? sinceProcessStart = null) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {sample.Start:0} ms | {sample.First:0} ms | {sample.Stop:0} ms | {(sinceProcessStart is { } total ? $"{total:0} ms" : "")} |"));
}
