using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Settings of the AIA server that would have no effect.</summary>
internal static class AiaRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        var path = ModelPath.Root / "aiaServer" / "authorities";
        foreach (var setting in scenario.AiaServer.Authorities)
        {
            var authority = scenario.Authorities.FirstOrDefault(known => string.Equals(known.Name, setting.Name, StringComparison.Ordinal));
            if (authority is null)
            {
                var nearest = problems.Nearest(setting.Name, scenario.Authorities.Select(known => known.Name));
                problems.AddAt(path / setting.Name, $"The scenario has no authority `{setting.Name}`{(nearest is null ? "" : $"; did you mean `{nearest}`?")}", setting.Name, nearest);
            }
            else if (authority is { Aia: false, AiaUrl: null })
            {
                problems.AddAt(path / setting.Name, $"This has no effect: `{setting.Name}` has neither `aia` nor `aiaUrl`, so no client downloads its certificate", setting.Name);
            }
        }
    }
}
