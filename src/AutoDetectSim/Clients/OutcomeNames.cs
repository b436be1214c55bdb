namespace AutoDetectSim.Clients;

/// <summary>The names of outcomes in scenarios and in JSON.</summary>
internal static class OutcomeNames
{
    private static readonly string[] Names =
    [
        .. Enum.GetValues<Outcome>().Select(outcome =>
        {
            var name = outcome.ToString();
            return char.ToLowerInvariant(name[0]) + name[1..];
        }),
    ];

    /// <summary>Every name, in the order of <see cref="Outcome"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of an outcome, for example <c>selectProvider</c>.</summary>
    public static string ToJsonName(Outcome outcome) => Names[(int)outcome];
}
