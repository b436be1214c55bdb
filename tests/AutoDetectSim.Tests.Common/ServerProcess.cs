using System.Diagnostics;

namespace AutoDetectSim.Tests.Common;

/// <summary>A server program that a test starts, from the line by which it says that it listens to its end.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts a program, and waits until one of its outputs has the line.</summary>
    /// <param name="name">The program; Debian keeps servers where only root's path leads.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="saysOnStandardOutput">Whether the line comes on standard output; else on standard error.</param>
    /// <param name="isReady">Recognizes the line.</param>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it printed.</exception>
    public static async Task<ServerProcess> StartAsync(string name, IReadOnlyList<string> arguments, bool saysOnStandardOutput, Func<string, bool> isReady)
    {
        var process = Process.Start(new ProcessStartInfo(Find(name), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{name} did not start.");
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var (spoken, other) = saysOnStandardOutput ? (process.StandardOutput, process.StandardError) : (process.StandardError, process.StandardOutput);
            var log = new List<string>();
            var rest = other.ReadToEndAsync(CancellationToken.None);
            while (await spoken.ReadLineAsync(limit.Token) is { } line)
            {
                log.Add(line);
                if (isReady(line))
                {
                    _ = spoken.ReadToEndAsync(CancellationToken.None);
                    return new ServerProcess(process);
                }
            }

            throw new InvalidOperationException(string.Join('\n', [.. log, await rest]));
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

    private static string Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;
}
