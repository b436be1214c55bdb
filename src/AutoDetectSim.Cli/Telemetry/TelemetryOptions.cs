using System.CommandLine;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Telemetry;

/// <summary><c>--otlp</c> and <c>--metrics-port</c>: what labs record goes to a collector, or can be read by Prometheus.</summary>
internal static class TelemetryOptions
{
    private static readonly Option<Uri?> Otlp = CheckedOption.Url(
        "--otlp", "URL of an OpenTelemetry collector that gets spans and metrics: gRPC, or HTTP for port 4318, for URLs with a path, and if OTEL_EXPORTER_OTLP_PROTOCOL says so.", "http", "https");

    private static readonly Option<int?> MetricsPort = CheckedOption.OptionalWholeNumber(
        "--metrics-port", "Loopback port on which Prometheus reads metrics at /metrics; 0 for any free port.", 0, 65535);

    /// <summary>Adds the options to a command that runs labs.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Otlp);
        command.Options.Add(MetricsPort);
    }

    /// <summary>Starts what a command line asks for; null for nothing.</summary>
    /// <exception cref="UnreachableException">The collector cannot be reached, or the port is taken.</exception>
    public static async Task<TelemetryExport?> StartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var collector = parsed.GetResult(Otlp) is null ? null : parsed.GetValue(Otlp);
        var port = parsed.GetResult(MetricsPort) is null ? null : parsed.GetValue(MetricsPort);
        return collector is null && port is null ? null : await TelemetryExport.StartAsync(collector, port, cancellationToken);
    }
}
