using AutoDetectSim.Network.Telemetry;

namespace AutoDetectSim;

/// <summary>
/// Names by which OpenTelemetry, or any listener of <see cref="System.Diagnostics.ActivitySource"/> and
/// <see cref="System.Diagnostics.Metrics.Meter"/>, finds what labs record; docs/telemetry.md lists spans, metrics and attributes.
/// Without a listener a lab records nothing.
/// </summary>
public static class LabTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>: one span per detection, and below it one per request with its parts.</summary>
    public const string SourceName = LabInstruments.Name;

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = LabInstruments.Name;
}
