namespace AutoDetectSim.Regression.Reports;

/// <summary>One row of the matrix: a scenario, with the verdicts on it as written and without its fault.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Faulty">The world with the fault; null where the scenario has none.</param>
/// <param name="Healthy">The world as it should be.</param>
internal sealed record MatrixRow(string Scenario, WorldDocument? Faulty, WorldDocument? Healthy)
{
    /// <summary>The rows of a document, in its order.</summary>
    public static IReadOnlyList<MatrixRow> Of(RegressionDocument document) =>
    [
        .. document.Worlds.GroupBy(world => world.Scenario, StringComparer.Ordinal).Select(group => new MatrixRow(
            group.Key,
            group.FirstOrDefault(world => world.Expected.Kind is not null),
            group.FirstOrDefault(world => world.Expected.Kind is null))),
    ];

    /// <summary>What is so: the state of the world as it is written, and its fault.</summary>
    public string Expected => Faulty is { } faulty ? $"{faulty.Expected.State}: {faulty.Expected.Kind}" : Healthy!.Expected.State;

    /// <summary>Why a world of this row is a known limit; null if none is, or if it was judged correctly.</summary>
    public string? KnownLimit => new[] { Faulty, Healthy }.OfType<WorldDocument>().FirstOrDefault(world => !IsRight(world))?.KnownLimit;

    /// <summary>Whether a world was judged correctly.</summary>
    public static bool IsRight(WorldDocument world) => world.Judgement is "right";

    /// <summary>The verdict on a world, and if it is incorrect, in which way.</summary>
    public static string Said(WorldDocument? world) => world switch
    {
        null => string.Empty,
        { Said: null } => "could not start",
        { Judgement: "right" } => world.Said.State,
        { Judgement: "noVerdict" } => Words(world.Judgement),
        _ => $"{world.Said.State}{(world.Judgement is "wrongCause" ? ": " + string.Join(" or ", world.Said.Causes) : string.Empty)} ({Words(world.Judgement)})",
    };

    private static string Words(string judgement) => judgement switch
    {
        "missedFault" => "missed",
        "falseAlarm" => "false alarm",
        "wrongCause" => "wrong cause",
        _ => "no verdict",
    };
}
