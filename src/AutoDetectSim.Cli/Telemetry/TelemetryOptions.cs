using System.CommandLine;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Telemetry;

/// <summary><c>--otlp</c> and <c>--metrics-port</c>: what labs record goes to a collector, or can be read by Prometheus.</summary>
internal sealed class TelemetryOptions
{
    private readonly Option<Uri?> _otlp = CheckedOption.Url(
        "--otlp", "URL of an OpenTelemetry collector that gets spans and metrics: gRPC, or HTTP for port 4318, for URLs with a path, and if OTEL_EXPORTER_OTLP_PROTOCOL says so.", "http", "https");

    private readonly Option<int?> _metricsPort = CheckedOption.OptionalWholeNumber(
        "--metrics-port", "Loopback port on which Prometheus reads metrics at /metrics; 0 for any free port.", 0, 65535);

    private TelemetryOptions()
    {
    }

    /// <summary>Adds the options to a command that runs labs.</summary>
    public static TelemetryOptions AddTo(Command command)
    {
        var options = new TelemetryOptions();
        command.Options.Add(options._otlp);
        command.Options.Add(options._metricsPort);
        return options;
    }

    /// <summary>Starts what a command line asks for; null for nothing.</summary>
    /// <exception cref="UnreachableException">The collector cannot be reached, or the port is taken.</exception>
    public async Task<TelemetryExport?> StartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (collector, port) = (parsed.GetValue(_otlp), parsed.GetValue(_metricsPort));
        return collector is null && port is null ? null : await TelemetryExport.StartAsync(collector, port, cancellationToken);
    }
}
