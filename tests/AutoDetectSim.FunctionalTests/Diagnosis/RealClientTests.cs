using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>The profiles that are said to be measured, held against the programs themselves on every shape and every chain scenario.</summary>
[Trait("Needs", "tools")]
public sealed class RealClientTests
{
    /// <summary>Makes a request, as AutoDetect does: a server that demands a client certificate says so after the handshake.</summary>
    private const string NodeClient = """
        const [port, ca, host] = process.argv.slice(1);
        const request = require('https').get({ host: '127.0.0.1', port, servername: host, headers: { Host: host }, ca: require('fs').readFileSync(ca), agent: false }, answer => {
          console.log('OK');
          answer.destroy();
        });
        request.on('error', error => console.log(error.code));
        """;

    public static TheoryData<string> Shapes() => [.. ChainShapes.Names];

    /// <summary>Scenarios in a usual run, beside every shape; AUTODETECTSIM_SAMPLES=1000 takes all.</summary>
    public static TheoryData<string> Files() => [.. Samples.Of(Labs.ChainScenarios(), 16)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Node_openssl_and_curl_say_of_every_shape_what_their_profiles_say(string shape) =>
        await CompareAsync(ScenarioLoader.Parse($"loadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01, present: {shape} }}] }} }}", "test.yaml", baseDirectory: null).Scenario!);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Node_openssl_and_curl_say_of_every_node_of_the_library_what_their_profiles_say(string file)
    {
        var scenario = Labs.Load(file);

        // One node at a time, so that all programs meet the same one; of nodes that are alike one is enough.
        foreach (var balancer in scenario.LoadBalancers)
        {
            foreach (var node in balancer.Nodes.DistinctBy(node => node with { Name = "" }))
            {
                await CompareAsync(scenario with { LoadBalancers = [balancer with { Nodes = [node] }] });
            }
        }
    }

    private static async Task CompareAsync(Scenario scenario)
    {
        // The programs have this computer's clock.
        await using var lab = await Lab.StartAsync(scenario with { Clock = TimeSpan.Zero }, cancellationToken: TestContext.Current.CancellationToken);
        using var directory = new TemporaryFolder();
        var roots = directory.Write("roots.pem", lab.RootCertificatesPem);
        var gateway = lab.Gateway.ToString().TrimEnd('/');
        foreach (var host in scenario.LoadBalancers[0].Hosts)
        {
            var request = new CheckRequest { Host = host, Attempts = 1, Profiles = KnownClients.Parse("node,openssl,curl", out _) };
            var diagnosis = (await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, TestContext.Current.CancellationToken)).Hosts[0];
            await CompareNodeAsync(diagnosis, lab.Network.VirtualIps.First(virtualIp => virtualIp.Hosts.Contains(host)).EndPoint!.Port, roots);
            await CompareOpenSslAsync(diagnosis, gateway, roots);
            await CompareCurlAsync(diagnosis, gateway, roots);
        }
    }

    private static async Task CompareNodeAsync(HostDiagnosis diagnosis, int port, string roots)
    {
        var node = await Tool.RunAsync("node", ["-e", NodeClient, port.ToString(System.Globalization.CultureInfo.InvariantCulture), roots, diagnosis.Host]);
        Assert.Equal(diagnosis.Timeline[0].Code, node.Output.Trim());
        if (Verdict(diagnosis, "node") is { } verdict && IsNewTls(diagnosis) && !diagnosis.Nodes[0].Faults.Contains(FaultNames.ClientCertificate))
        {
            Assert.Equal(verdict.Code, node.Output.Trim());
        }
    }

    private static async Task CompareOpenSslAsync(HostDiagnosis diagnosis, string gateway, string roots)
    {
        var openssl = await Tool.RunAsync(
            "openssl", ["s_client", "-proxy", gateway["http://".Length..], "-connect", diagnosis.Host + ":443", "-servername", diagnosis.Host, "-CAfile", roots, "-no-CApath", "-no-CAstore"]);
        if (Verdict(diagnosis, "openssl") is { } verdict && IsNewTls(diagnosis))
        {
            Assert.Equal(verdict.Words.Replace("OK", "Verify return code: 0 (ok)", StringComparison.Ordinal), Regex.Matches(openssl.Output, @"Verify return code: .*")[^1].Value);
        }
        else
        {
            Assert.Contains("New, (NONE), Cipher is (NONE)", openssl.Output, StringComparison.Ordinal);
        }
    }

    private static async Task CompareCurlAsync(HostDiagnosis diagnosis, string gateway, string roots)
    {
        var curl = await Tool.RunAsync("curl", ["-sS", "-o", "/dev/null", "-x", gateway, "--cacert", roots, $"https://{diagnosis.Host}/"]);
        if (Verdict(diagnosis, "curl") is not { } verdict || !IsNewTls(diagnosis))
        {
            Assert.Equal(35, curl.ExitCode);
        }
        else if (!verdict.Accepted)
        {
            Assert.Equal("curl: " + verdict.Words, curl.Error.Split('\n')[0]);
        }
        else
        {
            Assert.Equal(diagnosis.Nodes[0].Faults.Contains(FaultNames.ClientCertificate), curl.ExitCode != 0);
        }
    }

    private static ClientVerdict? Verdict(HostDiagnosis diagnosis, string profile) =>
        diagnosis.Chains.Count == 0 ? null : diagnosis.Chains[0].Clients.Single(client => client.Profile.Name == profile).InUse;

    private static bool IsNewTls(HostDiagnosis diagnosis) => !diagnosis.Nodes[0].Faults.Contains(FaultNames.ProtocolVersion);
}
