using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

public sealed class ClockJumpTests
{
    [Fact]
    public async Task A_clock_that_jumps_changes_no_number()
    {
        await using var lab = await Lab.StartAsync(Labs.Load("one-in-twenty.yaml"), new LabOptions { TimeProvider = new JumpingClock() }, TestContext.Current.CancellationToken);
        using var client = LabFrontDoor.CreateClient(lab, 1);

        var result = await new ProbeRun(client, lab, lab.Options.TimeProvider).RunAsync("your@contoso.com", 100, 1, null, TestContext.Current.CancellationToken);

        Assert.Equal(5, result.Successes);
        Assert.Equal([KeyValuePair.Create("UNABLE_TO_VERIFY_LEAF_SIGNATURE", 95)], result.Errors);
        Assert.True(result.ElapsedMs < TimeSpan.FromHours(1).TotalMilliseconds, $"{result.ElapsedMs} ms");
    }

    /// <summary>A time of day that is set forward by hours and back again at every look, as by a clock that two programs set.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromHours(Interlocked.Increment(ref _looks) % 7);
    }
}
