using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Tests;

/// <summary>A lab that begins again is as it was, so it need not be looked at again.</summary>
public sealed class FreshLabTests
{
    [Fact]
    public async Task A_repair_after_a_new_beginning_is_judged_alike_with_half_of_the_detections()
    {
        await using var one = await OneSession.StartAsync("one-in-twenty");
        var (session, token) = (one.Session, TestContext.Current.CancellationToken);
        var observation = DetectionsNeeded.For(session.Lab.Scenario);

        await session.BeginAgainAsync(token);
        Assert.Equal((2 * observation, RepairEffect.NoEffect), await RenewAsync());

        await session.BeginAgainAsync(token);
        Assert.False((await session.VerifyAsync(token)).IsSolved);
        await session.BeginAgainAsync(token);
        Assert.Equal((observation, RepairEffect.NoEffect), await RenewAsync());

        async Task<(int Detections, RepairEffect Effect)> RenewAsync()
        {
            var before = session.Lab.Journal.Count;
            var repaired = await session.RepairAsync("mail: renew", token);
            return ((int)(session.Lab.Journal.Count - before), repaired.Effect);
        }
    }
}
