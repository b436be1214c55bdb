using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Benchmarks.Handshakes;

/// <summary>
/// Full handshakes per second against one and the same server (ours, in a process of its own): our client, .NET's SslStream and
/// Node's client; and our client with our server in one process. The rounds take turns, and the best of each counts.
/// </summary>
internal static class HandshakeBenchmark
{
    private const int Rounds = 3;

    /// <summary>Handshakes before the first that count, until the just-in-time compiler is done with both ends.</summary>
    private const int Unmeasured = 5_000;

    internal static async Task RunAsync(int count)
    {
        using (var server = new HandshakeServer("p256", "1.3"))
        {
            await LoopAsync(() => OursAsync(server.EndPoint), Unmeasured, concurrency: 16);
        }

        Console.WriteLine("| key, version | in flight | ours, one process | ours | SslStream | Node | ours : SslStream | ours : Node | processor time of both ends |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var key in (string[])["p256", "rsa"])
        {
            foreach (var version in (string[])["1.3", "1.2"])
            {
                foreach (var concurrency in (int[])[1, 16])
                {
                    await MeasureAsync(key, version, concurrency, count);
                }
            }
        }
    }

    private static async Task MeasureAsync(string key, string version, int concurrency, int count)
    {
        using var inProcess = new HandshakeServer(key, version);
        using var process = StartServer(key, version);
        var port = int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var server = new IPEndPoint(IPAddress.Loopback, port);
        double both = 0, pair = double.MaxValue, ours = 0, sslStream = 0, node = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            both = Math.Max(both, await RateAsync(() => OursAsync(inProcess.EndPoint), count, concurrency));
            pair = Math.Min(pair, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / (count + Warmup(count)));
            ours = Math.Max(ours, await RateAsync(() => OursAsync(server), count, concurrency));
            sslStream = Math.Max(sslStream, await RateAsync(() => SslStreamAsync(server), count, concurrency));
            node = Math.Max(node, await NodeAsync(port, count, concurrency));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {key}, TLS {version} | {concurrency} | {both:F0}/s | {ours:F0}/s | {sslStream:F0}/s | {node:F0}/s | {ours / sslStream:F2} | {ours / node:F2} | {pair:F2} ms |"));
    }

    /// <summary>Starts this program a second time: as itself, or with the host that it was started with.</summary>
    private static Process StartServer(string key, string version)
    {
        var program = Environment.ProcessPath!;
        string[] arguments = ["serve-handshakes", key, version];
        return string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase)
            ? Start(program, [typeof(HandshakeBenchmark).Assembly.Location, .. arguments])
            : Start(program, arguments);
    }

    private static int Warmup(int count) => Math.Min(count, 300);

    private static async Task<double> RateAsync(Func<Task> handshake, int count, int concurrency)
    {
        await LoopAsync(handshake, Warmup(count), concurrency);
        var started = Stopwatch.GetTimestamp();
        await LoopAsync(handshake, count, concurrency);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task LoopAsync(Func<Task> handshake, int count, int concurrency)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await handshake();
            }
        })));
    }

    private static async Task OursAsync(IPEndPoint server)
    {
        await using var connection = await TlsClient.ConnectAsync(await DialAsync(server), new() { ServerName = "localhost" });
    }

    private static async Task SslStreamAsync(IPEndPoint server)
    {
        await using var stream = new SslStream(await DialAsync(server));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            AllowTlsResume = false,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationFlags = X509VerificationFlags.AllFlags,
            },
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        await stream.ShutdownAsync();
    }

    private static async Task<double> NodeAsync(int port, int count, int concurrency)
    {
        using var node = Start(
            "node",
            Path.Combine(AppContext.BaseDirectory, "Handshakes", "handshakes.mjs"),
            port.ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture),
            concurrency.ToString(CultureInfo.InvariantCulture));
        var rate = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return double.Parse(rate, CultureInfo.InvariantCulture);
    }

    private static async Task<NetworkStream> DialAsync(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static Process Start(string file, params string[] arguments) => Process.Start(new ProcessStartInfo(file, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
