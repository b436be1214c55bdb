using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Testing.Logging;

/// <summary>Writes log messages to the output of a test.</summary>
internal sealed class TestOutputLogger(Action<string> write, TimeProvider time, string category, LogLevel minimum) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetLocalNow():HH:mm:ss.fff} {Short(logLevel)} {category}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        try
        {
            write(line);
        }
        catch (InvalidOperationException)
        {
            // The test is over; what happens after it has no place to go.
        }
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
