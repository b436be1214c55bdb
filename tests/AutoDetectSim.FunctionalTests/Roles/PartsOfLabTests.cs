using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.FunctionalTests.Roles;

/// <summary>Labs whose parts find one another over real addresses; here each is a lab of the test's process, which costs less than a process.</summary>
public sealed class PartsOfLabTests
{
    private const string Email = "your@contoso.com";

    [Fact]
    public async Task A_lab_of_22_parts_finds_one_node_of_twenty()
    {
        using var parts = await PartsOnLoopback.CreateAsync(nodes: 20);
        var roles = parts.Scenario.LoadBalancers[0].Nodes.Select(node => new[] { "node:perimeter/" + node.Name }).Append(["balancer:perimeter"]).Append(["cloud"]).ToList();
        var others = await Task.WhenAll(roles.Select(role => parts.StartLabAsync(role)));
        try
        {
            await using var autoDetect = await parts.StartLabAsync("autodetect");

            var result = await DetectAsync(autoDetect, 40);

            Assert.Equal((40, 2), (result.Attempts, result.Successes));
            Assert.Equal(38, Assert.Single(result.Errors, error => error.Key == "UNABLE_TO_VERIFY_LEAF_SIGNATURE").Value);
            Assert.True(autoDetect.Readiness!.IsReady(await autoDetect.Readiness.CheckAsync(TestContext.Current.CancellationToken)));
        }
        finally
        {
            await Task.WhenAll(others.Select(lab => lab.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_part_that_is_gone_is_an_error_that_counts_and_not_a_hang()
    {
        using var parts = await PartsOnLoopback.CreateAsync(nodes: 2);
        await using var cloud = await parts.StartLabAsync("cloud");
        await using var first = await parts.StartLabAsync("node:perimeter/ex01");
        await using var autoDetect = await parts.StartLabAsync("autodetect");
        await using (var balancer = await parts.StartLabAsync("balancer:perimeter"))
        {
            // ex02 has never been started: the balancer resets the connections that it would give it.
            var withoutNode = await DetectAsync(autoDetect, 10);

            Assert.Equal((10, 5, 5), (withoutNode.Attempts, withoutNode.Successes, withoutNode.Errors["ECONNRESET"]));
            Assert.Contains(balancer.Network.Journal.AllFailed(), attempt => attempt.Error.Message.Contains("node:perimeter/ex02", StringComparison.Ordinal));
        }

        var withoutBalancer = await DetectAsync(autoDetect, 4);

        Assert.Equal((4, 4), (withoutBalancer.Attempts, withoutBalancer.Errors["ECONNREFUSED"]));
        var states = await autoDetect.Readiness!.CheckAsync(TestContext.Current.CancellationToken);
        Assert.False(autoDetect.Readiness.IsReady(states));
        Assert.Equal("balancer:perimeter", Assert.Single(states, state => !state.Answers).Role.ToString());
    }

    [Fact]
    public async Task A_gateway_is_ready_once_every_node_is_there_and_stays_so_when_one_goes()
    {
        using var parts = await PartsOnLoopback.CreateAsync(nodes: 2);
        await using var others = await parts.StartLabAsync("node:perimeter/ex01", "cloud", "autodetect");
        await using var balancer = await parts.StartLabAsync("balancer:perimeter");
        await using var gateway = await parts.StartLabAsync("gateway");

        var waiting = await gateway.Readiness!.CheckAsync(TestContext.Current.CancellationToken);
        Assert.False(gateway.Readiness.IsReady(waiting));
        Assert.Equal("node:perimeter/ex02", Assert.Single(waiting, state => !state.Answers).Role.ToString());

        await using (var last = await parts.StartLabAsync("node:perimeter/ex02"))
        {
            Assert.True(gateway.Readiness.IsReady(await gateway.Readiness.CheckAsync(TestContext.Current.CancellationToken)));
        }

        Assert.True(gateway.Readiness.IsReady(await gateway.Readiness.CheckAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_gateway_reaches_hosts_of_the_lab_over_their_parts_and_nothing_else()
    {
        using var parts = await PartsOnLoopback.CreateAsync(nodes: 2);
        await using var nodes = await parts.StartLabAsync("node:perimeter/ex01", "node:perimeter/ex02", "balancer:perimeter", "cloud");
        await using var gateway = await parts.StartLabAsync("gateway", "dns");

        Assert.Contains(" 200 ", await ConnectAsync(parts, "mail.contoso.com:443"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await ConnectAsync(parts, "outlook.office365.com:443"), StringComparison.Ordinal);
        Assert.Contains(" 403 ", await ConnectAsync(parts, "example.com:443"), StringComparison.Ordinal);

        // AutoDetect is a host of the lab whose part does not run.
        Assert.Contains("ECONNREFUSED", await ConnectAsync(parts, "prod-autodetect.outlookmobile.com:443"), StringComparison.Ordinal);
    }

    private static async Task<DetectionRunResult> DetectAsync(Lab lab, int attempts)
    {
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        return await new ProbeRun(client, null, RunningTime.Shared).RunAsync(Email, attempts, 1, progress: null, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ConnectAsync(PartsOnLoopback parts, string target)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(parts.AddressOf("gateway")), TestContext.Current.CancellationToken);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n"), TestContext.Current.CancellationToken);
        var buffer = new byte[2000];
        var length = 0;
        while (length < buffer.Length && !System.Text.Encoding.ASCII.GetString(buffer, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal)
            && await socket.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken) is > 0 and var count)
        {
            length += count;
        }

        return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }
}
