using System.Collections.Concurrent;
using System.Globalization;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Learn;

public sealed class MysteryTests
{
    private const double MustBeSolved = 0.95;

    /// <summary>How many mysteries of each level are solved; AUTODETECTSIM_MYSTERIES sets another number, for example 20.</summary>
    private static readonly int Each = int.TryParse(Environment.GetEnvironmentVariable("AUTODETECTSIM_MYSTERIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var each) ? each : 3;

    [Theory]
    [Trait("Needs", "time")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_solver_that_knows_the_public_commands_alone_repairs_nineteen_of_twenty_mysteries_and_meets_every_server(int level)
    {
        var failed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, Each), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (seed, _) =>
        {
            await using var session = await LearnSession.StartAsync("mystery", "--level", level.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(1, (await session.RunAsync("verify")).ExitCode);
            var solver = new MysterySolver(session);
            if (await solver.SolveAsync())
            {
                Assert.Equal("solved", (await session.JsonAsync("status")).GetProperty("state").GetString());
                if (await solver.NotMetAsync() is { Count: > 0 } notMet)
                {
                    failed.Add($"{seed}: learn phone never met {string.Join(", ", notMet)}");
                }
            }
            else
            {
                var truth = await session.JsonAsync("explain", "--give-up");
                failed.Add($"{seed}: {truth.GetProperty("faults")}; helped: {string.Join(" | ", solver.Helped)}");
            }
        });
        Assert.True(Each - failed.Count >= Math.Floor(Each * MustBeSolved), $"Level {level}, not repaired:\n{string.Join('\n', failed)}");
    }

    [Fact]
    public async Task The_same_level_and_seed_are_the_same_mystery_for_everybody()
    {
        await using var one = await LearnSession.StartAsync("mystery", "--level", "4", "--seed", "7");
        await using var other = await LearnSession.StartAsync("start", "mystery-4-7", "--trainee-seed", "3");
        Assert.Equal(one.Status.GetProperty("symptom").GetString(), other.Status.GetProperty("symptom").GetString());
        var (here, there) = (await one.JsonAsync("explain", "--give-up"), await other.JsonAsync("explain", "--give-up"));
        Assert.Equal(2, here.GetProperty("faults").GetArrayLength());
        Assert.Equal(here.GetProperty("faults").ToString(), there.GetProperty("faults").ToString());
        Assert.Equal("givenUp", there.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Hints_of_a_mystery_lead_from_a_question_to_what_is_wrong_and_name_no_server()
    {
        await using var session = await LearnSession.StartAsync("mystery", "--level", "2", "--seed", "1");
        var hints = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            hints.Add((await session.JsonAsync("hint")).GetProperty("text").GetString()!);
        }

        Assert.Equal(1, (await session.RunAsync("hint")).ExitCode);
        Assert.EndsWith("?", hints[0], StringComparison.Ordinal);
        Assert.Contains("certificates that are presented", hints[1], StringComparison.Ordinal);
        Assert.Contains("on 1 of 5 servers: an intermediate certificate is missing", hints[2], StringComparison.Ordinal);
        Assert.DoesNotContain(hints, hint => hint.Contains("ex0", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("--level", "5", "--level must be a whole number from 1 to 4")]
    [InlineData("--seed", "x", "--seed must be a whole number from 0")]
    public async Task A_level_or_seed_that_cannot_be_is_told(string option, string value, string message)
    {
        var result = await InProcessCommand.RunAsync("learn", "mystery", option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
