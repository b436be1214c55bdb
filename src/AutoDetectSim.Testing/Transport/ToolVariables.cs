using AutoDetectSim.Hosting;

namespace AutoDetectSim.Testing.Transport;

/// <summary>The environment variables by which programs of many languages find a lab, and trust its roots.</summary>
internal static class ToolVariables
{
    public static IReadOnlyDictionary<string, string> Of(Lab lab, string rootFile)
    {
        var gateway = lab.Gateway.GetLeftPart(UriPartial.Authority);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ProgramVariables.NodeProxy] = "1",
            ["AUTODETECTSIM_GATEWAY"] = gateway,
            ["AUTODETECTSIM_ROOT"] = rootFile,
            ["AUTODETECTSIM_DETECT_URL"] = lab.DetectUrl.ToString(),
            ["AUTODETECTSIM_SCENARIO"] = lab.Scenario.Name,
        };
        foreach (var name in ProgramVariables.Proxy)
        {
            variables[name] = gateway;
        }

        foreach (var name in ProgramVariables.Exemptions)
        {
            variables[name] = "";
        }

        foreach (var name in ProgramVariables.Roots)
        {
            variables[name] = rootFile;
        }

        return variables;
    }
}
