using AutoDetectSim.Fuzzing;

namespace AutoDetectSim.Cli.Tests.Fuzzing;

/// <summary>Every parser of strangers' bytes: damaged input is refused or read. A longer run: AUTODETECTSIM_SAMPLES, or tests/AutoDetectSim.Fuzzing/fuzz.sh.</summary>
public sealed class FuzzTargetTests
{
    public static TheoryData<string> Names() => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parser_survives_damaged_input(string name)
    {
        var target = FuzzTargets.Find(name)!;

        AssertNone(new MutationRun(target, TimeProvider.System).Run(0, Samples.Of(target.Usual), TestContext.Current.CancellationToken), target);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parser_survives_every_input_that_is_kept(string name)
    {
        var target = FuzzTargets.Find(name)!;

        Assert.All(SeedFiles.Kept(target), file => Assert.Null(MutationRun.Try(target, File.ReadAllBytes(file))));
    }

    [Fact]
    public void A_fault_is_reported_with_the_number_that_repeats_it()
    {
        var target = Target(static input =>
        {
            if (input.IndexOf("fragile"u8) >= 0)
            {
                throw new InvalidDataException("It broke.");
            }
        });

        var faults = new MutationRun(target, TimeProvider.System).Run(0, 200, TestContext.Current.CancellationToken);
        Assert.NotEmpty(faults);
        var fault = Assert.Single(new MutationRun(target, TimeProvider.System).Run(faults[0].Number, 1, TestContext.Current.CancellationToken));
        Assert.Equal(faults[0].Input, fault.Input);
        Assert.Contains("It broke.", fault.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parser_that_hangs_is_reported_and_not_waited_for()
    {
        using var never = new ManualResetEventSlim();
        var run = new MutationRun(Target(_ => never.Wait(TestContext.Current.CancellationToken)), TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(500) };

        var faults = run.Run(7, 2, TestContext.Current.CancellationToken);
        Assert.Equal([7, 8], faults.Select(fault => fault.Number));
        Assert.All(faults, fault => Assert.Contains("it hangs", fault.Words, StringComparison.Ordinal));
        never.Set();
    }

    private static FuzzTarget Target(FuzzReader read) => new() { Name = "control", Reads = "something", Read = read, Words = ["fragile"] };

    private static void AssertNone(IReadOnlyList<FuzzFault> faults, FuzzTarget target) =>
        Assert.True(faults.Count == 0, $"Repeat: dotnet run -c Release --project tests/AutoDetectSim.Fuzzing -- mutate {target.Name} --from NUMBER --count 1 --save FOLDER\n" + string.Join('\n', faults));
}
