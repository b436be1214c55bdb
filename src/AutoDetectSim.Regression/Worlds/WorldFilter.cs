using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>Chooses among worlds by the fault of their scenarios, its layer, and their theme.</summary>
/// <param name="Faults">Kinds of faults, such as <c>missingIntermediate</c>; empty for any, and for none.</param>
/// <param name="Layers">Layers of faults, such as <c>tls</c>; empty for any, and for none.</param>
/// <param name="Themes">Folders of the scenario library, or of files; empty for any.</param>
internal sealed record WorldFilter(IReadOnlyList<string> Faults, IReadOnlyList<string> Layers, IReadOnlyList<string> Themes)
{
    /// <summary>The worlds that fit, each scenario with both of its worlds.</summary>
    /// <param name="worlds">The worlds to choose among.</param>
    /// <param name="problems">Takes a sentence for each value that no world has.</param>
    public IReadOnlyList<RegressionScenario> Apply(IReadOnlyList<RegressionScenario> worlds, ICollection<string> problems)
    {
        if (worlds.Count == 0)
        {
            return worlds;
        }

        Check("--fault", Faults, worlds.Select(FaultOf), problems);
        Check("--layer", Layers, worlds.Select(LayerOf), problems);
        Check("--theme", Themes, worlds.Select(ThemeOf), problems);
        var chosen = worlds.Where(world => Fits(Faults, FaultOf(world)) && Fits(Layers, LayerOf(world)) && Fits(Themes, ThemeOf(world))).ToList();
        if (chosen.Count == 0 && problems.Count == 0)
        {
            problems.Add("No world fits --fault, --layer and --theme together.");
        }

        return chosen;
    }

    private static bool Fits(IReadOnlyList<string> wanted, string? value) => wanted.Count == 0 || (value is not null && wanted.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static void Check(string option, IReadOnlyList<string> wanted, IEnumerable<string?> values, ICollection<string> problems)
    {
        var known = values.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var word in wanted.Where(word => !known.Contains(word, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"{option}: no chosen world has '{word}'{(NearestName.Find(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : $". Choose from: {string.Join(", ", known)}.")}");
        }
    }

    private static string? FaultOf(RegressionScenario world) => world.Origin.Fault?.Kind;

    private static string? LayerOf(RegressionScenario world) => world.Origin.Fault is { } fault ? ModelBuilder.Key(fault.Layer.ToString()) : null;

    private static string? ThemeOf(RegressionScenario world) => ScenarioLibrary.Find(world.Reference) is [var one] && !File.Exists(world.Reference)
        ? (one.Folder.Length == 0 ? null : one.Folder)
        : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(world.Reference)));
}
