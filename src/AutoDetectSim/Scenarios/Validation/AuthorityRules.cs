using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Issuers that lead back to themselves.</summary>
internal static class AuthorityRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        var byName = new Dictionary<string, AuthorityRecipe>(StringComparer.Ordinal);
        foreach (var authority in scenario.Authorities)
        {
            byName.TryAdd(authority.Name, authority);
        }

        foreach (var authority in scenario.Authorities)
        {
            Follow(authority, "issuer", recipe => recipe.Issuer);
            Follow(authority, "sameKeyAs", recipe => recipe.SameKeyAs);
        }

        void Follow(AuthorityRecipe authority, string key, Func<AuthorityRecipe, string?> next)
        {
            var way = new List<string> { authority.Name };
            for (var current = authority; next(current) is { } name && byName.TryGetValue(name, out var above) && way.Count <= byName.Count; current = above)
            {
                way.Add(name);
                if (ReferenceEquals(above, authority))
                {
                    problems.AddAt(ModelPath.Root / "authorities" / authority.Name / key, $"`{key}` leads back to itself: {string.Join(" > ", way)}", way[1]);
                    return;
                }
            }
        }
    }
}
