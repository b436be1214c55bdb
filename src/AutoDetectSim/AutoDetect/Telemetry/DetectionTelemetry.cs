using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoDetectSim.Network.Telemetry;

namespace AutoDetectSim.AutoDetect.Telemetry;

/// <summary>Records detections as metrics and spans, where somebody listens.</summary>
internal static class DetectionTelemetry
{
    private const string OutcomeKey = "autodetectsim.outcome";

    private static readonly Counter<long> Detections = LabInstruments.Meter.CreateCounter<long>(
        "autodetectsim.detections", "{detection}", "Detections, by outcome and code.");

    private static readonly Histogram<double> Durations = LabInstruments.Meter.CreateHistogram<double>(
        "autodetectsim.detection.duration", "s", "Duration of detections, with waits that the lab only counts.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50] });

    private static readonly Counter<long> Requests = LabInstruments.Meter.CreateCounter<long>(
        "autodetectsim.autodetect.requests", "{request}", "Requests of AutoDetect, by node and code.");

    /// <summary>Records a detection that has ended.</summary>
    /// <param name="detection">The detection.</param>
    /// <param name="scenario">The name of the lab's scenario.</param>
    /// <param name="began">When it began, by the machine's clock and not the lab's: what shows spans expects those of today.</param>
    public static void Record(Detection detection, string scenario, DateTimeOffset began)
    {
        if (Detections.Enabled || Durations.Enabled || Requests.Enabled)
        {
            Count(detection);
        }

        if (LabInstruments.Spans.HasListeners())
        {
            DetectionSpans.Write(detection, scenario, OutcomeOf(detection), began);
        }
    }

    private static void Count(Detection detection)
    {
        var tags = new TagList { { OutcomeKey, OutcomeOf(detection) } };
        if (detection.AutoDv2Error is { } code)
        {
            tags.Add(LabInstruments.ErrorKey, code);
        }

        Detections.Add(1, tags);
        Durations.Record(detection.Elapsed.TotalSeconds, tags);
        foreach (var step in detection.Steps)
        {
            if (step.Exchange?.Connection is { } connection)
            {
                var request = new TagList { { LabInstruments.NodeKey, connection.Node ?? "none" }, { "server.address", connection.Host } };
                if (step.Exchange.Error is { } error)
                {
                    request.Add(LabInstruments.ErrorKey, error.Code);
                }

                Requests.Add(1, request);
            }
        }
    }

    private static string OutcomeOf(Detection detection) => detection.Status switch
    {
        DetectionStatus.StillSearching => "searching",
        DetectionStatus.NothingFound => "nothing_found",
        DetectionStatus.Unavailable => "unavailable",
        _ => detection.Succeeded ? "found" : "empty",
    };
}
