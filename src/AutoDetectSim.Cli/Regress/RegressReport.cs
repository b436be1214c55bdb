using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Regression.Reports;
using Spectre.Console;

namespace AutoDetectSim.Cli.Regress;

/// <summary>A regression run for people: the matrix, the misjudged worlds with reasons, and the counts.</summary>
internal static class RegressReport
{
    /// <summary>Lines of an output that are shown.</summary>
    private const int MostLines = 6;

    public static void Write(RegressionDocument document)
    {
        var console = HumanConsole.Create();
        var table = new ReportTable("Scenario", "Expected", "Verdict", "Verdict after repair");
        foreach (var row in MatrixRow.Of(document))
        {
            // A scenario without a fault has one verdict, for the world as written.
            var (first, second) = row.Faulty is null ? (row.Healthy, null) : (row.Faulty, row.Healthy);
            table.Add(row.Scenario, row.Expected, Said(first), Said(second));
        }

        table.WriteTo(console);
        foreach (var world in document.Worlds.Where(world => !MatrixRow.IsRight(world)))
        {
            WriteWrong(console, world);
        }

        WriteCounts(console, document);
        foreach (var scenario in document.Summary.OvercomeLimits)
        {
            console.Prose($"{scenario} is a known limit of the adapter, but was judged correctly.");
        }

        console.Prose(document.Summary.Line);
    }

    /// <summary>What a world is called.</summary>
    public static string NameOf(WorldDocument world) => world.World is "asWritten" ? world.Scenario : world.Scenario + ", without its fault";

    /// <summary>What was judged wrong about a world, and how: a line each; empty where it was judged right.</summary>
    public static IEnumerable<string> Explain(WorldDocument world)
    {
        if (MatrixRow.IsRight(world))
        {
            yield break;
        }

        if (world.Problem is not null)
        {
            yield return "The lab could not start: " + world.Problem;
            yield break;
        }

        yield return $"Expected: {world.Expected.State}{(world.Expected.Kind is { } kind ? $" ({world.Expected.Layer}: {kind})" : "")}. Verdict: {MatrixRow.Said(world)}.";
        if (world.KnownLimit is { } limit)
        {
            yield return "Known limit: " + limit.ReplaceLineEndings(" ").Trim();
            yield break;
        }

        foreach (var part in world.Parts)
        {
            var runs = string.Join(", ", part.Runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Key} in {run.Value} {(run.Value == 1 ? "run" : "runs")}")));
            yield return $"{part.Host}: {runs}; {string.Join("; ", part.Reasons)}";
        }

        foreach (var line in RegressAdvice.Of(world))
        {
            yield return line;
        }

        if (world.Sample is not { } sample)
        {
            yield break;
        }

        yield return "ran: " + string.Join(' ', sample.Command.Select(Quoted));
        foreach (var line in Lines(sample.Output).Concat(Lines(sample.Error)))
        {
            yield return "  " + line;
        }
    }

    private static void WriteWrong(IAnsiConsole console, WorldDocument world)
    {
        console.Heading(NameOf(world));
        foreach (var line in Explain(world))
        {
            console.Prose("    " + line);
        }
    }

    private static void WriteCounts(IAnsiConsole console, RegressionDocument document)
    {
        var table = new ReportTable("", "Reported faulty", "Reported healthy", "No verdict");
        foreach (var (title, isHealthy) in new[] { ("Actually faulty", false), ("Actually healthy", true) })
        {
            var worlds = document.Worlds.Where(world => world.Said is not null && world.Expected.State is "healthy" == isHealthy).ToList();
            int Count(params string[] states) => worlds.Count(world => states.Contains(world.Said!.State, StringComparer.Ordinal));
            table.Add(
                title,
                Number(Count("broken", "intermittent"), isRight: !isHealthy),
                Number(Count("healthy"), isRight: isHealthy),
                Number(Count("unknown"), isRight: false));
        }

        table.WriteTo(console);
    }

    private static ReportCell Number(int count, bool isRight) =>
        new(count.ToString(CultureInfo.InvariantCulture), count == 0 ? null : isRight ? Color.Green : Color.Red);

    private static ReportCell Said(WorldDocument? world) =>
        world is null ? "" : new ReportCell(MatrixRow.Said(world), MatrixRow.IsRight(world) ? Color.Green : world.KnownLimit is null ? Color.Red : Color.Yellow);

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostLines);

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./:=@,%+".Contains(letter, StringComparison.Ordinal)) ? argument : $"'{argument}'";
}
