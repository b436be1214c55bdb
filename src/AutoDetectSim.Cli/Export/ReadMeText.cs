using System.Globalization;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary>What the pages of exports have in common.</summary>
internal static class ReadMeText
{
    /// <summary>The beginning of the page.</summary>
    public static string Introduction(Scenario scenario, string place) =>
        $"# {scenario.Name} on {place}\n\n{scenario.Title ?? "A lab of AutoDetectSim"}{(scenario.Title?.EndsWith('.') == true ? string.Empty : ".")}\n\n";

    /// <summary>What detections will show.</summary>
    public static string Expected(ExportedParts parts, LabCalls calls)
    {
        if (calls.Expected is not { } expected)
        {
            return "The scenario says what is expected of it, in `scenario.yaml` under `expect`.";
        }

        var rate = expected.SuccessRate is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"Of {expected.Attempts} detections of {expected.Detect}, {known * expected.Attempts:0} succeed")
            : string.Create(CultureInfo.InvariantCulture, $"{expected.Attempts} detections of {expected.Detect} are made");
        var errors = expected.Errors is { Count: > 0 } counted ? "; " + string.Join(", ", counted.Select(error => string.Create(CultureInfo.InvariantCulture, $"`{error.Key}` occurs {error.Value} times"))) : string.Empty;
        return rate + errors + ".";
    }

    /// <summary>What is different where another program balances.</summary>
    public static string OtherBalancers(ExportedParts parts) => parts.Nodes.Count > 1
        ? " These are the figures of AutoDetectSim's balancer,\nwhich knows detections. Others know connections only, of which a detection makes several: with them, compare the shares of `check`."
        : string.Empty;

    /// <summary>What of a scenario an export does not have; an empty text where it has everything.</summary>
    public static string NotExported(ExportedParts parts) => parts.Scenario.LoadBalancers.Any(balancer => balancer.Mail.Count > 0)
        ? "\nIMAP, POP3 and SMTP are served by `autodetectsim run` in one process, and not here.\n"
        : string.Empty;

    /// <summary>A number with its noun.</summary>
    public static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? string.Empty : "s")}");
}
