using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
#if !XUNIT_V2
using Xunit;
#endif

namespace AutoDetectSim.Testing.Logging;

/// <summary>Loggers that write a line for each message to the output of a test.</summary>
/// <param name="write">Takes a line; it may throw <see cref="InvalidOperationException"/> when the test is over.</param>
/// <param name="time">Dates the lines.</param>
/// <param name="minimum">The least serious messages that are written; those of the libraries that the lab is built on have to be errors.</param>
internal sealed class TestOutputLoggers(Action<string> write, TimeProvider time, LogLevel minimum) : ILoggerFactory
{
    /// <summary>The loggers that a lab's options ask for.</summary>
    public static ILoggerFactory For(AutoDetectLabOptions options)
    {
#if XUNIT_V2
        var output = options.Output;
#else
        var output = options.Output ?? TestContext.Current.TestOutputHelper;
#endif
        return output is null ? NullLoggerFactory.Instance : new TestOutputLoggers(output.WriteLine, TimeProvider.System, options.MinimumLogLevel);
    }

    public ILogger CreateLogger(string categoryName) => new TestOutputLogger(
        write, time, categoryName[(categoryName.LastIndexOf('.') + 1)..], categoryName.StartsWith("AutoDetectSim.", StringComparison.Ordinal) || minimum > LogLevel.Error ? minimum : LogLevel.Error);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The loggers of a test's output write there and nowhere else.");

    public void Dispose()
    {
    }
}
