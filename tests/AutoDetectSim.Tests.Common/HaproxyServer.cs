using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Tests.Common;

/// <summary>A HAProxy on a loopback address that no other process of the tests uses.</summary>
public sealed partial class HaproxyServer : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private HaproxyServer(ServerProcess process, string address) => (_process, Address) = (process, address);

    /// <summary>The address of its frontends.</summary>
    public string Address { get; }

    /// <summary>Starts HAProxy in TCP mode.</summary>
    /// <param name="folder">Where its file goes.</param>
    /// <param name="sections">Makes frontends and backends; it is given the address.</param>
    public static async Task<HaproxyServer> StartAsync(string folder, Func<string, string> sections)
    {
        Needs.AssertDeclared("haproxy");
        var address = string.Create(CultureInfo.InvariantCulture, $"127.99.{Environment.ProcessId >> 8 & 255}.{1 + (Environment.ProcessId & 127)}");
        var configuration = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(configuration, $"""
            global
                maxconn 100
            defaults
                mode tcp
                timeout connect 10s
                timeout client 10s
                timeout server 10s
            {sections(address)}

            """);
        var server = new HaproxyServer(await ServerProcess.StartAsync("haproxy", ["-db", "-V", "-f", configuration], saysOnStandardOutput: true, line => line.StartsWith("Using ", StringComparison.Ordinal)), address);
        try
        {
            // It says which poller it uses before it opens its sockets, and nothing afterwards.
            foreach (Match bound in Bound().Matches(sections(address)))
            {
                await ReachAsync(IPEndPoint.Parse(bound.Groups["place"].Value));
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task ReachAsync(IPEndPoint place)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await client.ConnectAsync(place, limit.Token);
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    [GeneratedRegex(@"^\s*bind (?<place>[0-9.]+:[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Bound();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
