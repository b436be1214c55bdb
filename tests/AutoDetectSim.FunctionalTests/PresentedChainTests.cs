using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

[Trait("Needs", "tools")]
public sealed partial class PresentedChainTests
{
    public static TheoryData<string> Scenarios() => [.. Labs.ChainScenarios(), "one-in-twenty.yaml", "balancer-terminates-without-intermediate.yaml"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Openssl_is_shown_exactly_the_certificates_of_the_scenario_in_exactly_that_order(string scenario)
    {
        await using var lab = await Labs.StartAsync(scenario);
        foreach (var virtualIp in lab.Network.CustomerVirtualIps)
        {
            // Round robin: as many connections as nodes meet every node once, in scenario order.
            foreach (var node in virtualIp.Balancer.Nodes)
            {
                var result = await Tool.RunAsync("openssl", ["s_client", "-connect", virtualIp.EndPoint!.ToString(), "-servername", virtualIp.Hosts[0], "-showcerts"]);
                var shown = Pem().Matches(result.Output).Select(match => Convert.FromBase64String(match.Groups[1].Value.ReplaceLineEndings(""))).ToList();
                var expected = node.Presented!().Certificates;
                Assert.Equal(expected.Count, shown.Count);
                foreach (var (certificate, der) in expected.Zip(shown))
                {
                    Assert.True(certificate.Der.Span.SequenceEqual(der), $"{virtualIp.Name}/{node.Name}: {certificate.Name} differs, {Convert.ToHexString(SHA256.HashData(der))}");
                }
            }
        }
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----")]
    private static partial Regex Pem();
}
