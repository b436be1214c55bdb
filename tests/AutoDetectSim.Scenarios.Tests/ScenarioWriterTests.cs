using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;
using CsCheck;

namespace AutoDetectSim.Scenarios.Tests;

public sealed class ScenarioWriterTests
{
    public static TheoryData<string> Library => [.. ScenarioFiles.All.Select(path => Path.GetRelativePath(ScenarioFiles.Folder, path))];

    private static readonly Gen<string> GenText = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 1, 30],
        Gen.String[1, 12],
        Gen.OneOf("true", "null", "1", "-", "a: b", "# x", "yes", " x", "x ", "line one\nline two", "tab\there", "*x", "&x", "{", "'", "\"", "2021-05-15", "1.0", "é ü 漢 😀"),
        Gen.Int[20, 60].Select(words => string.Join(' ', Enumerable.Repeat("word, and", words))));

    private static readonly Gen<NodeDefinition> GenNode = Gen.Select(
        Gen.Bool,
        Gen.OneOf(ChainShape.Complete, ChainShape.MissingIntermediate, ChainShape.ExpiredLeaf),
        Gen.Bool,
        Gen.OneOf<string?>((string?)null, "15.2.1748.10", "15.1.2507.6"),
        Gen.OneOf<string[]>(["1.2", "1.3"], ["1.0"], ["1.2"]),
        (named, shape, up, build, versions) => new NodeDefinition
        {
            Name = string.Empty,
            Present = new PresentedChainRecipe { Certificate = "mail", Shape = named ? ChainShape.Complete : shape, Names = named ? ["mail", "issuing"] : null },
            Up = up,
            Build = build,
            TlsVersions = versions,
        });

    private static readonly Gen<LoadBalancerDefinition> GenBalancer = Gen.Select(
        GenNode.Array[1, 12],
        Gen.OneOf(BalancingAlgorithm.RoundRobin, BalancingAlgorithm.Random, BalancingAlgorithm.SourceHash),
        Gen.Int[1, 65535],
        Gen.OneOf<string[]>([], ["52.125.128.0/20", "10.0.0.1/32"]),
        (nodes, algorithm, port, ranges) => new LoadBalancerDefinition
        {
            Name = "perimeter",
            Hosts = ["autodiscover.contoso.com", "mail.fabrikam.com"],
            Algorithm = algorithm,
            Port = port,
            AllowFrom = ranges,
            Nodes = [.. nodes.Select((node, index) => node with { Name = $"ex{index + 1:D2}" })],
        });

    private static readonly Gen<Scenario> GenScenario = Gen.Select(
        Gen.Select(GenText, GenText, Gen.Int, Gen.OneOf(Edition.Node2021, Edition.Kestrel2025)),
        GenBalancer,
        Gen.OneOf<string?>("-1d", "2030-01-01", null),
        Gen.Dictionary(Gen.OneOf("contoso.com", "1.contoso.com", "_autodiscover._tcp.contoso.com"), GenText)[0, 3],
        Gen.Double[0, 1],
        (head, balancer, notBefore, texts, rate) => new Scenario
        {
            Name = "generated",
            Title = head.Item1,
            Symptom = head.Item2,
            Seed = head.Item3,
            Edition = head.Item4,
            Authorities =
            [
                new AuthorityRecipe { Name = "root", Trusted = true, Key = KeyAlgorithm.P384 },
                new AuthorityRecipe { Name = "issuing", Issuer = "root", PathLength = 0, NotBefore = notBefore },
            ],
            Certificates = [new CertificateRecipe { Name = "mail", Issuer = "issuing", Hosts = ["*.contoso.com", "10.0.0.1"] }],
            Organizations = [new OrganizationDefinition { Name = "contoso", Domains = ["contoso.com"], TenantId = new Guid(head.Item3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) }],
            LoadBalancers = [balancer],
            Dns = texts.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyDictionary<string, IReadOnlyList<string>>)new Dictionary<string, IReadOnlyList<string>> { ["TXT"] = [pair.Value] }),
            Expect = [new Expectation { Detect = "your@contoso.com", Attempts = 10, SuccessRate = rate, Errors = new Dictionary<string, int> { ["ENOTFOUND"] = 3 } }],
        });

    [Fact]
    public void Any_scenario_loads_back_as_it_was_written() =>
        GenScenario.Sample(scenario => AssertSame(scenario), iter: Samples.Of(100));

    [Fact]
    public void Any_scenario_with_a_fault_loads_back_with_the_same_repaired_world() =>
        Gen.Select(GenScenario, GenBalancer, GenText).Sample(
            (scenario, repairedBalancer, explanation) =>
            {
                var repaired = scenario with
                {
                    LoadBalancers = [repairedBalancer],
                    Dns = scenario.Dns.Skip(1).ToDictionary(),
                    Certificates = [.. scenario.Certificates, new CertificateRecipe { Name = "second", Issuer = "root", Hosts = ["a.contoso.com"] }],
                    Expect = [new Expectation { Detect = "your@contoso.com", Attempts = 10, SuccessRate = 1 }],
                };
                AssertSame(scenario with
                {
                    Fault = new FaultDefinition { Layer = FaultLayer.Certificate, Kind = "missingIntermediate", Explanation = explanation, Repaired = repaired },
                });
            },
            iter: Samples.Of(60));

    [Theory]
    [MemberData(nameof(Library))]
    public void Every_scenario_of_the_library_loads_back_as_it_was_written(string file) =>
        AssertSame(ScenarioLoader.Load(Path.Combine(ScenarioFiles.Folder, file)).Scenario!);

    [Fact]
    public void Nodes_alike_are_written_as_a_range()
    {
        var text = ScenarioWriter.Write(ScenarioLoader.Load(Path.Combine(ScenarioFiles.Folder, "one-in-twenty.yaml")).Scenario!);

        Assert.Contains("\n      - {name: ex01, certificate: mail, present: [mail, issuing]}\n", text, StringComparison.Ordinal);
        Assert.Contains("{name: 'ex{02..20}', certificate: mail, present: [mail]}\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    loadBalancers: {perimeter: {nodes: {'ex{02..20}': {present: [mail, issuing]}}}}\n", text, StringComparison.Ordinal);
    }

    private static void AssertSame(Scenario scenario)
    {
        var text = ScenarioWriter.Write(scenario);
        var result = ScenarioLoader.Parse(text, "generated.yaml", scenario.BaseDirectory);
        Assert.True(result.Problems.Count == 0, string.Join("\n", result.Problems) + "\n" + text);
        Assert.Equal(JsonSerializer.Serialize(ScenarioDefaults.Complete(scenario)), JsonSerializer.Serialize(result.Scenario));
    }
}
