using System.Diagnostics;
using System.Globalization;

namespace AutoDetectSim.Tests.Common;

/// <summary>A HAProxy on a loopback address that no other process of the tests uses.</summary>
public sealed class HaproxyServer : IAsyncDisposable
{
    private readonly Process _process;

    private HaproxyServer(Process process, string address) => (_process, Address) = (process, address);

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
        var process = Process.Start(new ProcessStartInfo(Find(), ["-db", "-V", "-f", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("HAProxy did not start.");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            // It opens its sockets before it says which poller it uses.
            var log = new List<string>();
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                log.Add(line);
                if (line.StartsWith("Using ", StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                    return new HaproxyServer(process, address);
                }
            }

            throw new InvalidOperationException(string.Join('\n', [.. log, await errors]));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Debian keeps it where only root's path leads.
    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "haproxy")).FirstOrDefault(File.Exists) ?? "haproxy";
}
