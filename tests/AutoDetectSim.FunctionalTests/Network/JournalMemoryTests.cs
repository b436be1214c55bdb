using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Network.Journal;

namespace AutoDetectSim.FunctionalTests.Network;

// The memory is the whole process's.
[Collection(AloneCollection.Name)]
public sealed class JournalMemoryTests
{
    private const int Connections = 150;
    private const int Requests = 20;

    [Fact]
    public async Task Large_requests_on_many_connections_are_remembered_within_a_bound()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: 1, http: redirect }\n");
        var plain = lab.Lab.Network.CustomerVirtualIps.First(virtualIp => !virtualIp.UsesTls);
        var request = Encoding.ASCII.GetBytes(
            $"GET /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: {plain.Hosts[0]}\r\n{string.Concat(Enumerable.Range(0, 29).Select(number => $"X-{number}: {new string('a', 2000)}\r\n"))}\r\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sockets = new List<Socket>();
        try
        {
            for (var connection = 0; connection < Connections; connection++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(plain.EndPoint!, TestContext.Current.CancellationToken);
            }

            await Parallel.ForEachAsync(sockets, TestContext.Current.CancellationToken, async (socket, cancellationToken) => await AskAsync(socket, request, cancellationToken));

            // What is open is kept, too.
            var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            var records = lab.Lab.Network.Journal.All();

            Assert.True(grown < (2L * ConnectionJournal.MaximumText) + (48 * 1024 * 1024), $"{grown} bytes more");
            Assert.Equal(Connections, records.Count);
            Assert.All(records, record => Assert.Equal(Requests, record.RequestCount));
            Assert.Contains(records, record => record.Requests.Count == 0);
            Assert.Contains(records, record => record.Requests.Count > 0);
            Assert.True(records.Sum(record => record.Requests.Sum(kept => kept.Headers.Sum(header => header.Key.Length + header.Value.Length))) <= ConnectionJournal.MaximumText);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Connections_that_are_not_remembered_any_more_are_let_go()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: 1, http: redirect }\n");
        var plain = lab.Lab.Network.CustomerVirtualIps.First(virtualIp => !virtualIp.UsesTls);
        var first = new ConcurrentBag<WeakReference>();
        lab.Lab.Network.Journal.Opened = connection =>
        {
            if (first.Count < 100)
            {
                first.Add(new WeakReference(connection));
            }
        };
        var request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {plain.Hosts[0]}\r\nConnection: close\r\n\r\n");
        await Parallel.ForEachAsync(Enumerable.Range(0, ConnectionJournal.Capacity + 200), TestContext.Current.CancellationToken, async (_, cancellationToken) =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(plain.EndPoint!, cancellationToken);
            await socket.SendAsync(request, cancellationToken);
            await socket.ReceiveAsync(new byte[4096], cancellationToken);
        });
        Assert.True(await lab.Lab.Network.Journal.WhenIdleAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // Kestrel keeps what it uses again.
        Assert.InRange(first.Count(connection => connection.IsAlive), 0, 20);
        Assert.Equal(ConnectionJournal.Capacity, lab.Lab.Network.Journal.All().Count);
    }

    /// <summary>Sends a request again and again on a connection, and reads the heads of all answers.</summary>
    private static async Task AskAsync(Socket socket, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        for (var number = 1; number <= Requests; number++)
        {
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request[sent..], cancellationToken);
            }

            while (text.ToString().Split("HTTP/1.1 ").Length - 1 < number)
            {
                var read = await socket.ReceiveAsync(buffer, cancellationToken);
                Assert.True(read > 0, text.ToString());
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
    }
}
