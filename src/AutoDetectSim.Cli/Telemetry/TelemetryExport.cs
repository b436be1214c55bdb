using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Cli.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AutoDetectSim.Cli.Telemetry;

/// <summary>Sends what the labs of this process record to a collector, and offers it to Prometheus, until it is disposed.</summary>
internal sealed class TelemetryExport : IAsyncDisposable
{
    private const int HttpPort = 4318;
    private const int MostWaitingSpans = 1 << 17;
    private const int SpansPerMessage = 2048;
    private const int SendEvery = 1000;
    private const int FlushTime = 10_000;
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string MetricsPath = "/metrics";

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(3);

    private readonly Uri? _collector;
    private TracerProvider? _spans;
    private MeterProvider? _metrics;
    private WebApplication? _page;

    private TelemetryExport(Uri? collector) => _collector = collector;

    /// <summary>Where Prometheus reads; null without a page for it.</summary>
    public string? MetricsUrl => _page is null ? null : _page.Urls.First() + MetricsPath;

    /// <summary>Starts.</summary>
    /// <param name="collector">The collector that gets spans and metrics; null without one.</param>
    /// <param name="port">The port of the page for Prometheus; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnreachableException">The collector cannot be reached, or the port is taken.</exception>
    public static async Task<TelemetryExport> StartAsync(Uri? collector, int? port, CancellationToken cancellationToken)
    {
        if (collector is not null)
        {
            await ConnectAsync(collector, cancellationToken);
        }

        var export = new TelemetryExport(collector);
        var resource = ResourceBuilder.CreateDefault().AddService("autodetectsim", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3));
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(LabTelemetry.MeterName);
        if (collector is not null)
        {
            export._spans = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(LabTelemetry.SourceName)
                .AddOtlpExporter(options =>
                {
                    Address(options, collector, "v1/traces");
                    options.BatchExportProcessorOptions.MaxQueueSize = MostWaitingSpans;
                    options.BatchExportProcessorOptions.MaxExportBatchSize = SpansPerMessage;
                    options.BatchExportProcessorOptions.ScheduledDelayMilliseconds = SendEvery;
                })
                .Build();
            metrics.AddOtlpExporter((options, reader) =>
            {
                Address(options, collector, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = SendEvery;
            });
        }

        if (port is not null)
        {
            metrics.AddPrometheusExporter();
        }

        export._metrics = metrics.Build();
        try
        {
            export._page = port is { } number ? await StartPageAsync(export._metrics, number, cancellationToken) : null;
        }
        catch
        {
            await export.DisposeAsync();
            throw;
        }

        if (export.MetricsUrl is { } url)
        {
            Notice.WriteLine("Metrics: " + url);
        }

        return export;
    }

    /// <summary>Sends what waits, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.StopAsync(new CancellationToken(canceled: true));
            await _page.DisposeAsync();
        }

        var isSent = _spans?.ForceFlush(FlushTime) ?? true;
        isSent &= _collector is null || (_metrics?.ForceFlush(FlushTime) ?? true);
        if (!isSent)
        {
            Notice.WriteLine($"{_collector} did not take all spans and metrics.");
        }

        _spans?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>An exporter says nothing about a collector that is not there; the person who named it should know.</summary>
    private static async Task ConnectAsync(Uri collector, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTime);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(collector.IdnHost, collector.Port, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnreachableException($"--otlp: {collector.Authority} did not answer within {ConnectTime.TotalSeconds:0} s.");
        }
        catch (SocketException exception)
        {
            throw new UnreachableException($"--otlp: no collector answers at {collector.Authority}: {exception.Message}", exception);
        }
    }

    private static void Address(OtlpExporterOptions options, Uri collector, string path)
    {
        var isHttp = Environment.GetEnvironmentVariable(ProtocolVariable) is { Length: > 0 } protocol
            ? !string.Equals(protocol, "grpc", StringComparison.OrdinalIgnoreCase)
            : collector.Port == HttpPort || collector.AbsolutePath.Length > 1;
        options.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = isHttp ? new Uri(collector.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path) : collector;
    }

    private static async Task<WebApplication> StartPageAsync(MeterProvider metrics, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var page = builder.Build();

        // A name that leads here by DNS rebinding is not the address of this page.
        page.Use((context, next) => IPAddress.TryParse(context.Request.Host.Host, out var address) && IPAddress.IsLoopback(address) || context.Request.Host.Host is "localhost"
            ? next(context)
            : RefuseAsync(context));
        page.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, predicate: null, MetricsPath, configureBranchedPipeline: null, optionsName: null);
        try
        {
            await page.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await page.DisposeAsync();
            throw new UnreachableException($"--metrics-port: port {port} cannot be used: {exception.Message}", exception);
        }

        return page;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
