using System.Net.Sockets;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Hosting;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Tests.Hosting;

/// <summary>A program that opens connections and leaves them open takes neither the lab's files nor its memory.</summary>
public sealed class ClientLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_beyond_the_limit_are_reset_and_one_that_ends_makes_room_for_the_next()
    {
        await using var lab = await Lab.StartAsync(World(), new LabOptions { MaximumClients = 8 }, Token);
        var clients = new List<Socket>();
        try
        {
            for (var number = 0; number < 8; number++)
            {
                clients.Add(await ConnectAsync(lab));
            }

            Assert.False(await IsServedAsync(lab));

            // The lab's own connections are not among those that count.
            using (var own = LabFrontDoor.CreateClient(lab, concurrency: 1))
            {
                Assert.Equal(200, (await own.CallAsync("your@contoso.com", ProbeRun.DefaultQuery, Token)).StatusCode);
            }

            clients[0].Dispose();
            while (!await IsServedAsync(lab))
            {
                Token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public void The_limit_grows_with_the_limit_of_open_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere there is no limit to read.");
        Assert.InRange(ClientLimit.OfThisProcess(), 32, int.MaxValue);
        Assert.True(ClientLimit.OfThisProcess() <= Math.Max(32, ClientLimit.OpenFiles()!.Value / 2));
    }

    [Fact]
    public async Task A_connection_that_never_sends_a_byte_is_ended()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var lab = await Lab.StartAsync(World(), new LabOptions { TimeProvider = time }, Token);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(lab.Network.VirtualIps.First(virtualIp => virtualIp.Port == 80).EndPoint!, Token);

        var ended = IsEndedAsync(client);
        while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token)) != ended)
        {
            Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.True(await ended);
    }

    private static Scenario World() => ScenarioLoader.Parse("loadBalancers: { perimeter: { nodes: 1 } }", "world.yaml", baseDirectory: null).Scenario!;

    private static async Task<Socket> ConnectAsync(Lab lab)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await client.ConnectAsync(lab.Network.CustomerVirtualIps.First().EndPoint!, Token);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<bool> IsEndedAsync(Socket client)
    {
        try
        {
            return await client.ReceiveAsync(new byte[1], Token) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Whether something that is not TLS gets an alert: a connection that is one too many gets nothing, and may be reset before it is known here.</summary>
    private static async Task<bool> IsServedAsync(Lab lab)
    {
        try
        {
            using var client = await ConnectAsync(lab);
            await using var stream = new NetworkStream(client);
            await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Token);
            return await stream.ReadAsync(new byte[1], Token) == 1;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return false;
        }
    }
}
