using System.Diagnostics;
using System.Globalization;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Benchmarks.Soak;

/// <summary>
/// One-in-twenty for a long time, while the process is stalled again and again and clients break off their handshakes beside it: every
/// detection counts, one in twenty succeeds exactly, and memory, handles, sockets and threads stay as they are.
/// </summary>
internal static class SoakBenchmark
{
    private const int Samples = 20;
    private const int MostDetectionsAtOnce = 1_000;

    private const string Expected = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    /// <summary>Longer than any request of the scenario may take.</summary>
    private const string StallSeconds = "1.5";

    /// <summary>One-in-twenty with a short time limit, and a balancer beside it that the broken handshakes go to, so that they take no turns from the detections.</summary>
    private const string World = """
        name: soak
        seed: 20210515
        autoDetect: { requestTimeout: 1s }
        authorities:
          root: { subject: "CN=Soak Root", trusted: true }
          issuing: { subject: "CN=Soak Issuing CA", issuer: root }
        certificates:
          mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
          other: { issuer: issuing, hosts: [other.contoso.com] }
        organizations:
          contoso: { domains: [contoso.com], auth: hybridModern, activeSyncUrl: "https://mail.contoso.com/Microsoft-Server-ActiveSync", mailboxes: [your@contoso.com] }
        loadBalancers:
          perimeter:
            hosts: [autodiscover.contoso.com, mail.contoso.com]
            nodes:
              - { name: ex01, certificate: mail, present: [mail, issuing] }
              - { name: "ex{02..20}", certificate: mail, present: [mail] }
          other:
            hosts: [other.contoso.com]
            nodes: [{ name: other, certificate: other, present: [other, issuing] }]
        """;

    /// <summary>Runs to the end.</summary>
    /// <returns>0 if every count is exact and nothing grew; otherwise 1.</returns>
    public static async Task<int> RunAsync(SoakOptions options)
    {
        var loaded = ScenarioLoader.Parse(World, "soak.yaml", baseDirectory: null);
        if (loaded.Scenario is not { } scenario || loaded.Problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        }

        await using var lab = await Lab.StartAsync(scenario);
        using var client = LabFrontDoor.CreateClient(lab, 1);
        using var broken = new BrokenHandshakes(lab.Network.VirtualIps.First(virtualIp => virtualIp.Hosts.Contains("other.contoso.com") && virtualIp.UsesTls).EndPoint!, "other.contoso.com");
        using var stop = new CancellationTokenSource();
        var breaking = broken.RunAsync(options.BrokenHandshakes, stop.Token);
        var watch = Stopwatch.StartNew();
        var (done, successes, stalls, allowed) = (0, 0, 0, 0);
        var errors = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var samples = new List<SoakSample>();
        Console.WriteLine(SoakSample.Head);
        while (done < options.Detections)
        {
            var size = Math.Min(Math.Min(options.StallEvery > 0 ? options.StallEvery : MostDetectionsAtOnce, MostDetectionsAtOnce), options.Detections - done);
            using var stall = options.StallEvery > 0 && (done + size) % options.StallEvery == 0 ? BeginStall() : null;
            var result = await new ProbeRun(client, lab, lab.Options.TimeProvider).RunAsync("your@contoso.com", size, 1, null, stop.Token, observe: _ =>
            {
                var due = (int)((long)options.BrokenHandshakes * ++done / options.Detections);
                broken.Allow(due - allowed);
                allowed = due;
            });
            if (stall is not null)
            {
                await stall.WaitForExitAsync(stop.Token);
                stalls++;
            }

            successes += result.Successes;
            foreach (var (code, count) in result.Errors)
            {
                errors[code] = errors.GetValueOrDefault(code) + count;
                if (code != Expected)
                {
                    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{code} {count} times before detection {done:N0}, after {watch.Elapsed.TotalSeconds:N0} s"));
                }
            }

            if ((long)done * Samples / options.Detections > samples.Count)
            {
                samples.Add(SoakSample.Take(done, successes, watch.Elapsed));
                Console.WriteLine(samples[^1]);
            }
        }

        await breaking;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{done:N0} detections, {successes:N0} successes, {string.Join(", ", errors.Select(error => $"{error.Value:N0} {error.Key}"))}; {stalls:N0} stalls of {StallSeconds} s; {broken.WithinHandshake:N0} clients broke off within the handshake, {broken.WithinRequest:N0} within their first request."));
        Console.WriteLine(SoakChart.Draw(samples));
        return Judge(options, successes, errors, samples);
    }

    /// <summary>Stops this process for a while, in the middle of its work.</summary>
    private static Process BeginStall()
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return Process.Start(new ProcessStartInfo("sh", ["-c", $"kill -STOP {process}; sleep {StallSeconds}; kill -CONT {process}"]))!;
    }

    private static int Judge(SoakOptions options, int successes, SortedDictionary<string, int> errors, List<SoakSample> samples)
    {
        List<string> problems = [];
        if (successes != options.Detections / 20 || errors.GetValueOrDefault(Expected) != options.Detections - successes)
        {
            problems.Add($"Exactly {options.Detections / 20} detections must succeed, and all others fail for one reason.");
        }

        // The journals fill up with the first 4,096 detections.
        var settled = samples.Where(sample => sample.Detections >= 10_000).ToList();
        if (settled.Count >= 4)
        {
            var (early, late) = (settled[..(settled.Count / 2)], settled[(settled.Count / 2)..]);
            Compare("managed memory", early.Max(sample => sample.Heap), late.Max(sample => sample.Heap), 1.1, problems);
            Compare("the working set", early.Max(sample => sample.WorkingSet), late.Max(sample => sample.WorkingSet), 1.2, problems);
            Compare("handles", early.Max(sample => sample.Handles), late.Max(sample => sample.Handles), 1.1, problems);
            Compare("sockets", early.Max(sample => sample.Sockets), late.Max(sample => sample.Sockets), 1.2, problems);
        }

        problems.ForEach(Console.Error.WriteLine);
        return problems.Count == 0 ? 0 : 1;
    }

    private static void Compare(string what, long early, long late, double most, List<string> problems)
    {
        if (late > Math.Max(early * most, early + 16))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"The second half took more than the first: {what} grew from {early:N0} to {late:N0}."));
        }
    }
}
