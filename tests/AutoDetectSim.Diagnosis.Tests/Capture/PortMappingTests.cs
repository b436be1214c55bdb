using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Tests.Checking;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>A host on another port than the one that AutoDetect asks.</summary>
public sealed class PortMappingTests
{
    [Fact]
    public async Task A_host_on_another_port_is_put_on_443_and_the_reader_is_told()
    {
        const string World = """
            certificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] } }
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers:
              discover: { hosts: [autodiscover.contoso.com], port: 8443, nodes: [{ name: ex01, certificate: mail }, { name: ex02, certificate: mail, present: missingIntermediate }] }
              sync: { hosts: [mail.contoso.com], nodes: [{ name: ex11, certificate: mail }] }
            """;
        await using var lab = await Lab.StartAsync(CheckedLab.Load(World), cancellationToken: TestContext.Current.CancellationToken);
        var request = new CheckRequest { Host = CheckedLab.Host, Port = 8443 };
        var (check, world) = await new CaptureRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, TestContext.Current.CancellationToken);
        var scenario = PortMapping.Map(new ScenarioReproduction(world).Make(), check, out var note).Scenario;
        Assert.Equal("AutoDetect asks port 443 and no other: the scenario has port 443 in place of 8443, as behind a port forwarding.", note);
        Assert.Contains(scenario.LoadBalancers, balancer => balancer.Port == 443 && balancer.Hosts.Contains(CheckedLab.Host));
        await using var again = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(CaptureComparison.Compare(check, await CheckedLab.CheckAsync(again)));
    }
}
