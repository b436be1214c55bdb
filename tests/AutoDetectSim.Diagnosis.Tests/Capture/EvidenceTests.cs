using AutoDetectSim.Diagnosis.Tests.Checking;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Diagnosis.Capture.Observations;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

public sealed class EvidenceTests
{
    private const string Host = "autodiscover.adventure-works.com";

    /// <summary>What <c>curl -D</c> keeps of a call through a proxy.</summary>
    private const string Answer = "HTTP/1.1 200 Connection established\n\nHTTP/1.1 200 OK\nX-Request-Id: prod5-1-x\nX-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE\nContent-Length: 57\n";

    /// <summary>Evidence, how many certificates it says were sent, and what strict clients make of the lab that comes of it.</summary>
    public static TheoryData<string, int, string> Files() => new()
    {
        { "s_client-leaf-only.txt", 1, FaultNames.MissingIntermediate },
        { "s_client-complete.txt", 2, "" },
        { "testssl-flat.json", 1, FaultNames.MissingIntermediate },
        { "testssl-pretty.json", 1, FaultNames.MissingIntermediate },
        { "testssl-complete.json", 2, "" },
        { "sslyze.json", 2, "" },
        { "leaf.pem", 1, FaultNames.MissingIntermediate },
    };

    [Theory]
    [InlineData("s_client-leaf-only.txt", true)]
    [InlineData("s_client-complete.txt", false)]
    public async Task An_answer_of_AutoDetect_is_held_against_what_detections_in_the_lab_end_in(string showcerts, bool isSame)
    {
        var evidence = await CapturedEvidence.OfTextAsync(File.ReadAllText(CapturedEvidence.Fixture(showcerts)) + "\n" + Answer, email: "your@adventure-works.com");

        Assert.True(isSame == (evidence.Differences.Count == 0), string.Join(Environment.NewLine, evidence.Differences));
        Assert.True(isSame || evidence.Differences.Any(difference => difference.EndsWith("AutoDetect answered UNABLE_TO_VERIFY_LEAF_SIGNATURE, which no detection in the lab ends in", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_answer_of_AutoDetect_alone_makes_no_world()
    {
        var message = CapturedEvidence.Refuse(Answer, "autodiscover.contoso.com");

        Assert.Contains("AutoDetect's own answer (UNABLE_TO_VERIFY_LEAF_SIGNATURE)", message, StringComparison.Ordinal);
        Assert.Contains("openssl s_client", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_scenario_made_from_a_file_shows_the_same_fault(string file, int sent, string fault)
    {
        var connections = EvidenceReader.Load(Fixture(file)).Calls;
        Assert.Equal(sent, Assert.Single(connections).Sent.Count);
        var scenario = Reproduce(connections, Host);
        var node = Assert.Single(Assert.Single(scenario.LoadBalancers).Nodes);
        Assert.Equal(sent, node.Present!.Names!.Count);
        Assert.Equal("CN=mail.adventure-works.com, O=Adventure Works, C=DE", Assert.Single(scenario.Certificates).Subject);
        Assert.Equal(Certificates.Issuance.KeyAlgorithm.Rsa2048, scenario.Certificates[0].Key);
        var result = await CheckAsync(scenario);
        Assert.Equal(fault, string.Join(" ", result.Hosts[0].FaultyNodes.SelectMany(faulty => faulty.Faults)));
        Assert.Equal(fault.Length == 0 ? Verdict.Healthy : Verdict.Broken, result.Verdict);
    }

    [Fact]
    public async Task Presenting_the_chain_that_was_missing_repairs_a_lab_made_from_a_lone_certificate()
    {
        var scenario = Reproduce(EvidenceReader.Load(Fixture("leaf.pem")).Calls, Host);
        var balancer = scenario.LoadBalancers[0];
        var repaired = scenario with
        {
            LoadBalancers = [balancer with { Nodes = [balancer.Nodes[0] with { Present = balancer.Nodes[0].Present! with { Names = null } }] }],
        };
        Assert.Equal(Verdict.Healthy, (await CheckAsync(repaired)).Verdict);
    }

    [Fact]
    public async Task Several_files_are_put_together()
    {
        var connections = new[] { "testssl-flat.json", "headers-401.txt", "response-autodiscover-v2.txt", "outlook.har" }.SelectMany(file => EvidenceReader.Load(Fixture(file)).Calls).ToList();
        var scenario = Reproduce(connections, host: null, "your@adventure-works.com");
        Assert.Equal("https://mail.adventure-works.com/Microsoft-Server-ActiveSync", Assert.Single(scenario.Organizations).ActiveSyncUrl);
        Assert.Equal(AuthenticationMode.HybridModern, scenario.Organizations[0].Auth);
        Assert.Contains(scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes), node => string.Equals(node.Name, "ex07", StringComparison.OrdinalIgnoreCase));
        var result = await CheckAsync(scenario, "your@adventure-works.com");
        Assert.Equal(Verdict.Broken, result.Hosts[0].Verdict);
        Assert.Equal("mail.adventure-works.com", result.Hosts[^1].Host);
    }

    [Fact]
    public void Tls_versions_are_taken_from_scanners()
    {
        Assert.Equal(["1.2", "1.3"], EvidenceReader.Load(Fixture("testssl-flat.json")).Calls[0].TlsVersions);
        Assert.Equal(["1.2", "1.3"], EvidenceReader.Load(Fixture("sslyze.json")).Calls[0].TlsVersions);
    }

    [Fact]
    public void Many_runs_of_s_client_in_one_file_are_many_connections()
    {
        var text = File.ReadAllText(Fixture("s_client-leaf-only.txt")) + File.ReadAllText(Fixture("s_client-complete.txt")) + File.ReadAllText(Fixture("s_client-leaf-only.txt"));
        var connections = EvidenceReader.Parse(text, "runs.txt").Calls;
        Assert.Equal([1, 2, 1], connections.Select(call => call.Sent.Count));
        var scenario = Reproduce(connections, Host);
        Assert.Equal(2, scenario.LoadBalancers[0].Nodes.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1, {\"id\": 5}]")]
    [InlineData("{\"scanResult\": [1, {\"serverDefaults\": {}}]}")]
    [InlineData("{\"server_scan_results\": [{\"scan_result\": []}]}")]
    [InlineData("{\"log\": {\"entries\": [{\"request\": 1}, {\"request\": {\"url\": \"https://a.example/autodiscover/x\"}, \"response\": {\"status\": \"no\"}}]}}")]
    [InlineData("{\"log\": ")]
    [InlineData("CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n")]
    [InlineData("HTTP/1.1 200")]
    public void What_is_no_evidence_is_refused_in_words(string text) =>
        Assert.StartsWith("bad.txt", Assert.Throws<EvidenceException>(() => EvidenceWorld.Make(EvidenceReader.Parse(text, "bad.txt").Calls, CapturedEvidence.Question(Host))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_certificate_that_is_garbage_inside_is_refused_and_named()
    {
        var pem = "-----BEGIN CERTIFICATE-----\nMIIBAAAA\n-----END CERTIFICATE-----\n" + File.ReadAllText(Fixture("leaf.pem"));
        Assert.Contains("line 1: certificate 0, the server's own, is damaged", CapturedEvidence.Refuse(pem, Host), StringComparison.Ordinal);
    }

    private static Scenario Reproduce(IReadOnlyList<EvidenceCall> calls, string? host, string? email = null)
    {
        // The test server listened on a port of its own; the organization's servers listen on 443.
        var world = EvidenceWorld.Make([.. calls.Select(call => call with { Port = 443, At = null })], CapturedEvidence.Question(host, email)).World;
        return CheckedLab.Load(ScenarioWriter.Write(new ScenarioReproduction(world).Make().Scenario));
    }

    private static async Task<CheckResult> CheckAsync(Scenario scenario, string? email = null)
    {
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        return await CheckedLab.CheckAsync(lab, new CheckRequest { Host = Host, Email = email });
    }

    private static string Fixture(string name) => CapturedEvidence.Fixture(name);
}
