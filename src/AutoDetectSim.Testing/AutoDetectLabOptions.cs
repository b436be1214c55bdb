using System.Net;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;
#if XUNIT_V2
using Xunit.Abstractions;
#else
using Xunit;
#endif

namespace AutoDetectSim.Testing;

/// <summary>How the lab of a test runs, as opposed to what its world contains.</summary>
public sealed record AutoDetectLabOptions
{
#if XUNIT_V2
    /// <summary>The test's output, to which the lab logs. Default: none.</summary>
#else
    /// <summary>The test's output, to which the lab logs. Default: that of the test that starts the lab.</summary>
#endif
    public ITestOutputHelper? Output { get; init; }

    /// <summary>The least serious messages that go to <see cref="Output"/>. Default: information.</summary>
    public LogLevel MinimumLogLevel { get; init; } = LogLevel.Information;

    /// <summary>Where the lab logs instead of <see cref="Output"/>; null: to the output.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>What the lab's clock shows when the lab starts, from which certificates are dated; null: the current time.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The source address of the tool under test, which firewalls and balancers see. Default: 198.51.100.10.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>An edition of AutoDetect that overrides the scenario's, or null.</summary>
    public Edition? Edition { get; init; }

    /// <summary>A file to which TLS secrets are appended in NSS key log format, for decrypting captures in Wireshark; null: none.</summary>
    public string? KeyLogFile { get; init; }
}
