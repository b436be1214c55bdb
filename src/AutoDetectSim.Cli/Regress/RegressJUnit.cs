using AutoDetectSim.Cli.Output;
using AutoDetectSim.Regression.Reports;

namespace AutoDetectSim.Cli.Regress;

/// <summary>Worlds as test cases.</summary>
internal static class RegressJUnit
{
    public static JUnitCase CaseOf(string adapter, WorldDocument world) => new()
    {
        ClassName = adapter,
        Name = RegressReport.NameOf(world),
        Outcome = MatrixRow.IsRight(world) ? JUnitOutcome.Passed : world.Problem is null ? JUnitOutcome.Failed : JUnitOutcome.Error,
        Lines = [.. RegressReport.Explain(world)],
        ElapsedMs = world.ElapsedMs,
    };
}
