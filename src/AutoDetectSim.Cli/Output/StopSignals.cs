using System.Globalization;
using System.Runtime.InteropServices;

namespace AutoDetectSim.Cli.Output;

/// <summary>
/// Ctrl-C, SIGTERM, a closed terminal (SIGHUP) and SIGQUIT ask the command to stop, which then removes its files and says what was
/// done so far. The second signal ends the process at once, and so does a command that does not stop in time.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int FirstSignalCode = 128;

    /// <summary>How long a command may take to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private ITimer? _last;
    private readonly List<PosixSignalRegistration> _registrations;

    public StopSignals()
    {
        PosixSignal[] signals = IsHangupIgnored()
            ? [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT]
            : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    /// <summary>Is canceled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _last?.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (!_stop.IsCancellationRequested)
        {
            context.Cancel = true;
            var code = FirstSignalCode + context.Signal switch
            {
                PosixSignal.SIGHUP => 1,
                PosixSignal.SIGINT => 2,
                PosixSignal.SIGQUIT => 3,
                _ => 15,
            };
            _last = TimeProvider.System.CreateTimer(_ => Environment.Exit(code), state: null, Patience, Timeout.InfiniteTimeSpan);
            // What is canceled runs on; the handler must not wait for it.
            _ = Task.Run(_stop.Cancel);
        }
    }

    /// <summary>Whether nohup, or a shell, has asked that the terminal's end be ignored.</summary>
    private static bool IsHangupIgnored()
    {
        try
        {
            const string Name = "SigIgn:";
            return OperatingSystem.IsLinux()
                && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } ignored
                && ulong.TryParse(ignored.AsSpan(Name.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
                && (mask & 1) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
