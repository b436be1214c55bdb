using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AutoDetectSim.Network.Telemetry;

/// <summary>What labs of this process tell whoever listens: spans and metrics. Without a listener nothing is made or counted.</summary>
internal static class LabInstruments
{
    /// <summary>The name of the source of spans, and of the meter.</summary>
    public const string Name = "AutoDetectSim";

    /// <summary>The name of a node, an attribute of spans and metrics.</summary>
    public const string NodeKey = "autodetectsim.node";

    /// <summary>The name of a virtual IP, an attribute of spans and metrics.</summary>
    public const string VirtualIpKey = "autodetectsim.virtual_ip";

    /// <summary>What opened a connection: a <see cref="CallerKind"/> in camel case.</summary>
    public const string ClientKey = "autodetectsim.client";

    /// <summary>Why something failed; OpenTelemetry's attribute.</summary>
    public const string ErrorKey = "error.type";

    private static readonly string? Version = typeof(LabInstruments).Assembly.GetName().Version?.ToString(3);

    /// <summary>The source of spans.</summary>
    public static ActivitySource Spans { get; } = new(Name, Version);

    /// <summary>The meter.</summary>
    public static Meter Meter { get; } = new(Name, Version);

    /// <summary>Connections that nodes have served to their end.</summary>
    public static Counter<long> Connections { get; } = Meter.CreateCounter<long>("autodetectsim.connections", "{connection}", "Connections that ended, by node.");

    /// <summary>How long the server's part of handshakes took, in seconds.</summary>
    public static Histogram<double> Handshakes { get; } = Meter.CreateHistogram<double>(
        "autodetectsim.tls.handshake.duration", "s", "Duration of TLS handshakes as the node experiences them.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
}
