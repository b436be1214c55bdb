using System.Diagnostics;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests;

// The number of open files is the whole process's.
[Collection(AloneCollection.Name)]
public sealed class LabIsolationTests
{
    [Fact]
    public async Task Ten_labs_run_side_by_side_without_seeing_each_other()
    {
        var scenarios = new[] { "healthy.yaml", "none-complete.yaml" };
        var rates = await Task.WhenAll(Enumerable.Range(0, 10).Select(async index =>
        {
            await using var lab = await Labs.StartAsync(scenarios[index % 2]);
            using var client = LabFrontDoor.CreateClient(lab, 2);
            var result = await new ProbeRun(client, lab, TimeProvider.System).RunAsync("your@contoso.com", 20, 2, null, TestContext.Current.CancellationToken);
            Assert.Equal(20, lab.Journal.All().Count);
            return result.SuccessRate;
        }));
        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 0, 1, 0], rates);
    }

    [Fact]
    public async Task A_hundred_starts_and_stops_leave_no_sockets_and_no_memory_behind()
    {
        var scenario = Labs.Load("one-of-two.yaml");
        for (var warm = 0; warm < 10; warm++)
        {
            await StartAndStopAsync(scenario);
        }

        var (handles, memory) = Measure();
        for (var round = 0; round < 100; round++)
        {
            await StartAndStopAsync(scenario);
        }

        var (handlesAfter, memoryAfter) = Measure();
        Assert.True(handlesAfter - handles < 50, $"{handles} handles before, {handlesAfter} after");
        Assert.True(memoryAfter - memory < 16 * 1024 * 1024, $"{memory} bytes before, {memoryAfter} after");
    }

    private static async Task StartAndStopAsync(Scenario scenario)
    {
        await using var lab = await Lab.StartAsync(scenario);
        using var client = LabFrontDoor.CreateClient(lab, 1);
        await client.CallAsync("your@contoso.com", ProbeRun.DefaultQuery, TestContext.Current.CancellationToken);
    }

    private static (int Handles, long Memory) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return (process.HandleCount, GC.GetTotalMemory(forceFullCollection: true));
    }
}
