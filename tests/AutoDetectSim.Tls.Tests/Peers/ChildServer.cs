using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>A TLS server in another process, on a port of its own, which is killed with the test.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private const string NodeScript = """
        const https = require('https'), fs = require('fs');
        const options = { key: fs.readFileSync(process.argv[1]), cert: fs.readFileSync(process.argv[2]), ...JSON.parse(process.argv[3]) };
        const server = https.createServer(options, (request, response) => request.pipe(response));
        server.listen(0, '127.0.0.1', () => console.log('ACCEPT 127.0.0.1:' + server.address().port));
        """;

    private readonly Process _process;
    private readonly TemporaryFolder _folder;

    private ChildServer(Process process, TemporaryFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>openssl s_server, which sends every line back reversed.</summary>
    public static Task<ChildServer> OpenSslAsync(string keyPem, IReadOnlyList<string> chainPem, params string[] options)
    {
        return StartAsync(keyPem, chainPem[0], Command);

        (string, string[]) Command(TemporaryFolder folder, string key, string leaf)
        {
            string[] chain = chainPem.Count > 1 ? ["-cert_chain", folder.Write("rest.pem", string.Concat(chainPem.Skip(1)))] : [];
            return ("openssl", ["s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", leaf, "-rev", .. chain, .. options]);
        }
    }

    /// <summary>A Node HTTPS server, which sends every body back.</summary>
    public static Task<ChildServer> NodeAsync(string keyPem, string chainPem, string options = "{}") =>
        StartAsync(keyPem, chainPem, (_, key, chain) => ("node", ["-e", NodeScript, key, chain, options]));

    public async Task<NetworkStream> DialAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task<ChildServer> StartAsync(string keyPem, string chainPem, Func<TemporaryFolder, string, string, (string File, string[] Arguments)> command)
    {
        var folder = new TemporaryFolder();
        var (file, arguments) = command(folder, folder.Write("key.pem", keyPem), folder.Write("chain.pem", chainPem));
        var process = Tool.Start(file, arguments);
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
                {
                    return new(process, folder, int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
                }
            }

            throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(limit.Token));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            folder.Dispose();
            throw;
        }
    }
}
