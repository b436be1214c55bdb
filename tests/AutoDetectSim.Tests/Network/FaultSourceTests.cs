using AutoDetectSim.Network.Faults;
using AutoDetectSim.Scenarios;
using CsCheck;

namespace AutoDetectSim.Tests.Network;

public sealed class FaultSourceTests
{
    [Fact]
    public void An_exact_share_is_exact_in_every_full_run() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 40]).Sample((numerator, more) =>
        {
            var source = new FaultSource(TransportFault.Reset, null, $"{numerator}/{numerator + more}", 1, "n");
            var runs = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, numerator + more).Count(_ => source.Next().Kind == TransportFault.Reset));
            return runs.All(hits => hits == numerator);
        }, iter: Samples.Of(100));

    [Fact]
    public void Connections_at_the_same_time_share_one_count()
    {
        var source = new FaultSource(TransportFault.Reset, null, "1/20", 1, "n");
        var hits = 0;
        Parallel.For(0, 20_000, _ => Interlocked.Add(ref hits, source.Next().Kind == TransportFault.Reset ? 1 : 0));
        Assert.Equal(1000, hits);
    }

    [Fact]
    public void Owners_draw_for_themselves_and_a_seed_draws_the_same_again()
    {
        Assert.Equal(Draw(1, "a"), Draw(1, "a"));
        Assert.NotEqual(Draw(1, "a"), Draw(1, "b"));
        Assert.NotEqual(Draw(1, "a"), Draw(2, "a"));
    }

    private static List<bool> Draw(int seed, string owner)
    {
        var source = new FaultSource(TransportFault.Reset, null, "50%", seed, owner);
        return [.. Enumerable.Range(0, 100).Select(_ => source.Next().Kind == TransportFault.Reset)];
    }
}
