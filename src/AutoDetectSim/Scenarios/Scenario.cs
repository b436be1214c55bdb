using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Scenarios;

/// <summary>One scenario file: the world, and what is expected of it.</summary>
public sealed record Scenario
{
    /// <summary>Short name: lower-case letters, digits and hyphens. Default: the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>One line that says what the world is like.</summary>
    public string? Title { get; init; }

    /// <summary>What the customer says, in the customer's words.</summary>
    public string? Symptom { get; init; }

    /// <summary>Where every random choice of the lab comes from. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which AutoDetect is imitated. Default: 2021.</summary>
    public Edition Edition { get; init; } = Edition.Node2021;

    /// <summary>Authorities by name, in file order.</summary>
    public IReadOnlyList<AuthorityRecipe> Authorities { get; init; } = [];

    /// <summary>End-entity certificates by name, in file order.</summary>
    public IReadOnlyList<CertificateRecipe> Certificates { get; init; } = [];

    /// <summary>Exchange organizations, in file order.</summary>
    public IReadOnlyList<OrganizationDefinition> Organizations { get; init; } = [];

    /// <summary>Load balancers with their nodes, in file order.</summary>
    public IReadOnlyList<LoadBalancerDefinition> LoadBalancers { get; init; } = [];

    /// <summary>DNS records beyond those that the load balancers' hosts imply: owner name, then type, then values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Dns { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The AutoDetect service: instances, database, cache.</summary>
    public AutoDetectDefinition AutoDetect { get; init; } = new();

    /// <summary>What must be true of a lab that runs this scenario.</summary>
    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>The folder that relative paths in the scenario start from, or null for a scenario that was built in code.</summary>
    public string? BaseDirectory { get; init; }
}

/// <summary>Which AutoDetect is imitated (protocol.md 3.1).</summary>
public enum Edition
{
    /// <summary>The Node.js era, as captured on 2021-05-15. Written <c>2021</c>.</summary>
    Node2021,

    /// <summary>The Kestrel era, as captured on 2025-12-08. Written <c>2025</c>.</summary>
    Kestrel2025,
}
