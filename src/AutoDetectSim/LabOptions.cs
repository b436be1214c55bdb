using AutoDetectSim.Issuing;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoDetectSim;

/// <summary>How a lab runs, as opposed to what its world contains.</summary>
public sealed record LabOptions
{
    /// <summary>The lab's time source. Default: the system's clock, by which a stall of the machine does not count toward any time limit of the lab.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the lab logs to. Default: nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The loopback port of the gateway; 0 for any free one. Default: 0.</summary>
    public int GatewayPort { get; init; }

    /// <summary>The loopback port on which the zone is served over DNS; 0 for any free one; null: as the scenario says.</summary>
    public int? DnsPort { get; init; }

    /// <summary>
    /// A network of loopback addresses, for example 127.80.0.0/24: each address of the lab network listens on its own loopback address, at
    /// its real ports, which a hosts file or DNS can refer to. Null: all listen on free ports of 127.0.0.1.
    /// </summary>
    public System.Net.IPNetwork? StandardPorts { get; init; }

    /// <summary>An edition that overrides the scenario's, or null.</summary>
    public Edition? Edition { get; init; }

    /// <summary>A file to which TLS secrets are appended in NSS key log format, for decrypting captures in Wireshark; null: none.</summary>
    public string? KeyLogFile { get; init; }

    /// <summary>The tools that the lab is to be examined with, separated by commas; the gateway lists them. Null: any.</summary>
    internal string? Tools { get; init; }

    /// <summary>Connections of programs outside the lab that may be open at a time; null: as many as the limit of open files leaves room for.</summary>
    internal int? MaximumClients { get; init; }

    /// <summary>Whether whoever runs the lab agrees to WireMock's admin API, which a scenario alone cannot open.</summary>
    internal bool AllowsWireMockAdmin { get; init; }

    /// <summary>Keys and certificates that exist already; null: the lab makes its own.</summary>
    internal LabPkiFolder? Pki { get; init; }

    /// <summary>The parts of the lab that this process is, and where the others are; null: it is the whole lab.</summary>
    internal LabParts? Parts { get; init; }

    /// <summary>The address on which the gateway and the DNS server of a whole lab listen.</summary>
    internal System.Net.IPAddress Listen { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>The only instance of AutoDetect in this process, whatever the scenario names; null: as the scenario says.</summary>
    internal string? Instance { get; init; }

    /// <summary>Receives a sentence when <see cref="KeyLogFile"/> cannot be written any more; null: it is only logged.</summary>
    internal Action<string>? KeyLogEnded { get; init; }
}
