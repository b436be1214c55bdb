using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.ClientProfiles;
using AutoDetectSim.Diagnosis;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>The profiles that are said to be measured, held against the programs themselves.</summary>
public sealed class RealClientTests
{
    private const string Host = "autodiscover.contoso.com";

    private const string NodeClient = """
        const [proxy, ca, host] = process.argv.slice(1);
        const http = require('http'), tls = require('tls'), fs = require('fs'), url = new URL(proxy);
        const connect = http.request({ host: url.hostname, port: url.port, method: 'CONNECT', path: host + ':443' });
        connect.on('connect', (answer, socket) => {
          const secure = tls.connect({ socket, servername: host, host, ca: fs.readFileSync(ca) }, () => { console.log('OK'); secure.destroy(); });
          secure.on('error', error => console.log(error.code));
        });
        connect.on('error', error => console.log(error.code));
        connect.end();
        """;

    public static TheoryData<string> Shapes() => [.. Certificates.Issuance.ChainShapes.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Node_openssl_and_curl_say_what_their_profiles_say(string shape)
    {
        var scenario = ScenarioLoader.Parse($"loadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01, present: {shape} }}] }} }}", "test.yaml", baseDirectory: null).Scenario!;
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        using var directory = new TemporaryDirectory();
        var roots = directory.Write("roots.pem", lab.RootCertificatesPem);
        var gateway = lab.Gateway.ToString().TrimEnd('/');

        var request = new CheckRequest { Host = Host, Attempts = 1, Profiles = KnownClients.Parse("node,openssl,curl", out _) };
        var check = await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, TestContext.Current.CancellationToken);
        var verdicts = check.Hosts[0].Chains[0].Clients.ToDictionary(client => client.Profile.Name, client => client.InUse);

        var node = await Tool.RunAsync("node", ["-e", NodeClient, gateway, roots, Host]);
        Assert.Equal(verdicts["node"].Code, node.Output.Trim());

        var openssl = await Tool.RunAsync("openssl", ["s_client", "-proxy", gateway["http://".Length..], "-connect", Host + ":443", "-servername", Host, "-CAfile", roots, "-no-CApath", "-no-CAstore"]);
        var number = int.Parse(Regex.Matches(openssl.Output, @"Verify return code: (\d+)")[^1].Groups[1].Value);
        Assert.Equal(verdicts["openssl"].Accepted, number == 0);
        Assert.Equal(ValidationCodes.FromNodeName(verdicts["openssl"].Code)?.OpenSslNumber(), number);

        var curl = await Tool.RunAsync("curl", ["-sS", "-o", "/dev/null", "-x", gateway, "--cacert", roots, $"https://{Host}/"]);
        Assert.Equal(verdicts["curl"].Accepted ? 0 : 60, curl.ExitCode);
        if (verdicts["curl"].Code == "UNABLE_TO_VERIFY_LEAF_SIGNATURE")
        {
            Assert.Contains("error 20 ", verdicts["curl"].Words, StringComparison.Ordinal);
            Assert.Contains("unable to get local issuer certificate", curl.Error, StringComparison.Ordinal);
        }
    }
}
