using System.Globalization;
using System.Runtime.InteropServices;

namespace AutoDetectSim.Cli.Output;

/// <summary>
/// Ctrl-C, SIGTERM, a closed terminal (SIGHUP) and SIGQUIT ask the command to stop, which then removes its files and says what was
/// done so far. The second signal ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
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
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (!_stop.IsCancellationRequested)
        {
            context.Cancel = true;
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
