using System.Net;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;
#if XUNIT_V2
using Xunit.Abstractions;
#else
using Xunit;
#endif

namespace AutoDetectSim.Testing;

/// <summary>How the lab of a test is run, as opposed to what its world is.</summary>
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

    /// <summary>Where the lab logs to in place of <see cref="Output"/>; null: there.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>What the lab's clock shows when the lab starts, from which certificates are dated; null: the time that it is.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The source address of the tool under test, which firewalls and balancers see. Default: 198.51.100.10.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>An edition of AutoDetect that takes the place of the scenario's, or null.</summary>
    public Edition? Edition { get; init; }

    /// <summary>A file that TLS secrets are appended to in NSS key log format, so that a capture opens in Wireshark; null for none.</summary>
    public string? KeyLogFile { get; init; }
}
