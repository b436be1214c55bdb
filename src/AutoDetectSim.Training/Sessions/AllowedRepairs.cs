using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Keeps repairs to what the customer, or the support of AutoDetect for the customer, could do.</summary>
internal static class AllowedRepairs
{
    private static readonly string[] Sections = ["loadBalancers", "organizations", "certificates", "dns"];
    private static readonly string[] OfAutoDetect = ["cache", "domains", "providers"];

    /// <summary>Why a change is not possible for the customer; null if it is.</summary>
    public static string? Refusal(ScenarioChange change, Scenario world)
    {
        foreach (var keys in change.TargetsIn(world))
        {
            if ((!IsReached(keys, change.IsRenewal) && !(keys is ["autoDetect"] && change.ClearsCache)) || IsAnchor(keys, world))
            {
                return keys[0] switch
                {
                    "authorities" => "The customer cannot change which roots clients trust, or how a CA issues: change what servers present, or renew what has expired.",
                    "autoDetect" => "In AutoDetect itself, you can only clear the cache, and remove or correct records of domains and providers.",
                    _ => $"The customer cannot change `{keys[0]}`.",
                };
            }
        }

        return null;
    }

    /// <summary>Whether faults in these settings can be repaired by allowed changes.</summary>
    /// <param name="settings">The ways to the settings, as <see cref="ScenarioDifference"/> has them.</param>
    public static bool Reach(IEnumerable<string> settings) =>
        settings.Select(setting => setting.Split('/')).All(keys => IsReached(keys, keys[^1] is "notBefore" or "notAfter"));

    /// <summary>A root that clients trust: only its owner can replace it, and a new one has no effect until clients have it.</summary>
    private static bool IsAnchor(IReadOnlyList<string> keys, Scenario world) =>
        keys is ["authorities", var name, ..] && world.Authorities.Any(authority => authority.Trusted && string.Equals(authority.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsReached(IReadOnlyList<string> keys, bool isRenewal) => keys[0] switch
    {
        "autoDetect" => keys.Count > 1 && OfAutoDetect.Contains(keys[1], StringComparer.Ordinal),
        "authorities" => isRenewal,
        var section => Sections.Contains(section, StringComparer.Ordinal),
    };
}
