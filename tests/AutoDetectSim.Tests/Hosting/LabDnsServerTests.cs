using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Hosting;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoDetectSim.Tests.Hosting;

public sealed class LabDnsServerTests
{
    [Fact]
    public async Task A_server_that_is_stopped_before_it_has_begun_to_listen_sets_its_port_free()
    {
        var zone = DnsZone.Create(ScenarioLoader.Parse("title: x\n", "x.yaml", null).Scenario!, []);
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) =>
        {
            var server = LabDnsServer.Start(zone, new IPEndPoint(IPAddress.Loopback, 0), new LoopbackPlan(null), TimeProvider.System, NullLoggerFactory.Instance);
            await server.DisposeAsync();

            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
            Assert.Null(Record.Exception(() => udp.Bind(server.EndPoint)));
        });
    }
}
