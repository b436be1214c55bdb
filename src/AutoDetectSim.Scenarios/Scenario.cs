using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>A scenario file: a world and its expected behaviour.</summary>
[Document]
public sealed record Scenario
{
    /// <summary>Short name.</summary>
    [FilledIn("the file name")]
    [StringSyntax(ScalarSyntax.Name)]
    public required string Name { get; init; }

    /// <summary>A one-line description of the world.</summary>
    public string? Title { get; init; }

    /// <summary>The problem in the customer's words.</summary>
    public string? Symptom { get; init; }

    /// <summary>Seed of every random choice of the lab.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which AutoDetect is imitated.</summary>
    public Edition Edition { get; init; } = Edition.Node2021;

    /// <summary>
    /// How far the lab's clock is ahead of this computer's, for example <c>45d</c>: AutoDetect, <c>check</c> and the clients that the lab emulates judge certificates at that
    /// time. The validity of certificates still counts from the start of the lab, and real programs use this computer's clock.
    /// </summary>
    [Range(0.0, 315_576_000.0)]
    public TimeSpan Clock { get; init; }

    /// <summary>Authorities by name, in file order.</summary>
    [FilledIn("a trusted root named `root`, and `issuing` below it")]
    public IReadOnlyList<AuthorityRecipe> Authorities { get; init; } = [];

    /// <summary>End-entity certificates by name, in file order.</summary>
    [FilledIn("one for each load balancer, with its name, for all its hosts")]
    public IReadOnlyList<CertificateRecipe> Certificates { get; init; } = [];

    /// <summary>The AIA server, to which certificates point for their issuer's certificate.</summary>
    public AiaServerDefinition AiaServer { get; init; } = new();

    /// <summary>Exchange organizations, in file order.</summary>
    [FilledIn("one for each domain of the addresses in `expect`, or else one for contoso.com")]
    public IReadOnlyList<OrganizationDefinition> Organizations { get; init; } = [];

    /// <summary>Load balancers with their nodes, in file order.</summary>
    [FilledIn("one named `perimeter` with one node")]
    public IReadOnlyList<LoadBalancerDefinition> LoadBalancers { get; init; } = [];

    /// <summary>
    /// DNS records besides those implied by the load balancers' hosts: owner name, then type, then values. NXDOMAIN takes a name
    /// out of DNS, SERVFAIL makes its name server fail, and DELAY (a duration) makes it answer late.
    /// </summary>
    [KeySyntax(ScalarSyntax.HostName, ScalarSyntax.DnsType, Alone = ["NXDOMAIN", "SERVFAIL"])]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Dns { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the zone is also served over DNS on a loopback port, for tools that accept a server address.</summary>
    public bool DnsServer { get; init; }

    /// <summary>The AutoDetect service: instances, database, cache.</summary>
    public AutoDetectDefinition AutoDetect { get; init; } = new();

    /// <summary>Outlook on the desktop in this world.</summary>
    public OutlookDesktopDefinition OutlookDesktop { get; init; } = new();

    /// <summary>The expected behaviour of a lab that runs this scenario.</summary>
    [NotInOverlay]
    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>The fault of this world, marked for repair; null: the world is healthy.</summary>
    [NotInOverlay]
    public FaultDefinition? Fault { get; init; }

    /// <summary>Folder of WireMock mapping files for all organizations and Exchange Online, relative to the scenario.</summary>
    [FilledIn("`mappings` beside the scenario, if it exists")]
    [StringSyntax(ScalarSyntax.Path)]
    public string? Mappings { get; init; }

    /// <summary>Whether the lab has a WireMock.Net server whose admin API <c>run --wiremock-admin</c> opens on loopback.</summary>
    public bool WireMockAdmin { get; init; }

    /// <summary>The base folder of relative paths in the scenario; null for a scenario built in code.</summary>
    [NotInFile]
    public string? BaseDirectory { get; init; }

    /// <summary>The same world with its fault repaired, and the expectations of that world; a scenario without a fault is returned unchanged.</summary>
    public Scenario WithoutFault() => Fault?.Repaired ?? this;
}

/// <summary>Which AutoDetect is imitated ([SEED], [CAP2025]).</summary>
public enum Edition
{
    /// <summary>The Node.js era, as captured on 2021-05-15.</summary>
    [JsonStringEnumMemberName("2021")]
    Node2021,

    /// <summary>The Kestrel era, as captured on 2025-12-08.</summary>
    [JsonStringEnumMemberName("2025")]
    Kestrel2025,
}
