using System.Diagnostics;
using AutoDetectSim.Network.Telemetry;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.AutoDetect.Telemetry;

/// <summary>
/// Spans of a detection: one for all of it, below it one per request, and below that DNS, TCP, TLS and HTTP. Waits that the lab only counts are
/// part of their lengths, so requests follow each other without gaps. Names of attributes are those of OpenTelemetry's semantic conventions where there is one.
/// </summary>
internal static class DetectionSpans
{
    private const string HostKey = "server.address";

    /// <summary>Writes the spans of a detection.</summary>
    /// <param name="detection">The detection.</param>
    /// <param name="scenario">The title of the lab's scenario.</param>
    /// <param name="outcome">How it ended, in a word.</param>
    /// <param name="began">When it began.</param>
    public static void Write(Detection detection, string scenario, string outcome, DateTimeOffset began)
    {
        using var whole = LabInstruments.Spans.StartActivity("detection", ActivityKind.Server, Activity.Current?.Context ?? default, startTime: began);
        if (whole is null)
        {
            return;
        }

        whole.SetTag("autodetectsim.scenario", scenario);
        whole.SetTag("autodetectsim.outcome", outcome);
        whole.SetTag("autodetectsim.request_id", detection.RequestId.ToString());
        whole.SetTag("autodetectsim.instance", detection.Instance);
        whole.SetTag("client.address", detection.Caller.Address.ToString());
        whole.SetTag("http.response.status_code", (int)detection.Status);
        if (detection.AutoDv2Error is { } code)
        {
            whole.SetTag(LabInstruments.ErrorKey, code);
            whole.SetStatus(ActivityStatusCode.Error);
        }

        var at = began;
        foreach (var step in detection.Steps)
        {
            if (step.Exchange is { } exchange)
            {
                WriteRequest(whole, step, exchange, at);
                at += exchange.Elapsed;
            }
        }

        var end = began + detection.Elapsed;
        whole.SetEndTime((end > at ? end : at).UtcDateTime);
    }

    private static void WriteRequest(Activity whole, DetectionStep step, LabHttpExchange exchange, DateTimeOffset began)
    {
        using var span = LabInstruments.Spans.StartActivity(step.Asked, ActivityKind.Client, whole.Context, startTime: began);
        if (span is null)
        {
            return;
        }

        span.SetTag("autodetectsim.stage", step.Name);
        span.SetTag("http.request.method", exchange.Request.Method);
        span.SetTag("url.full", exchange.Request.Uri.AbsoluteUri);
        span.SetTag("http.response.status_code", exchange.Response?.StatusCode);
        Describe(span, exchange);
        if (exchange.Timing is { } timing)
        {
            var at = WritePart(span, "DNS", timing.Dns, began, exchange, isLast: timing.Tcp is null);
            at = WritePart(span, "TCP connect", timing.Tcp, at, exchange, isLast: timing.Tls is null && timing.Http is null);
            at = WritePart(span, "TLS handshake", timing.Tls, at, exchange, isLast: timing.Http is null);
            WritePart(span, "HTTP", timing.Http, at, exchange, isLast: true);
        }

        span.SetEndTime((began + exchange.Elapsed).UtcDateTime);
    }

    /// <summary>Writes one part of a request, if it was reached; the part that was the last one has the failure.</summary>
    private static DateTimeOffset WritePart(Activity request, string name, TimeSpan? length, DateTimeOffset began, LabHttpExchange exchange, bool isLast)
    {
        if (length is not { } known)
        {
            return began;
        }

        using var span = LabInstruments.Spans.StartActivity(name, ActivityKind.Internal, request.Context, startTime: began);
        if (span is not null)
        {
            span.SetTag(HostKey, exchange.Request.Uri.IdnHost);
            if (isLast && exchange.Error is { } error)
            {
                Fail(span, error);
            }

            span.SetEndTime((began + known).UtcDateTime);
        }

        return began + known;
    }

    private static void Describe(Activity span, LabHttpExchange exchange)
    {
        span.SetTag(HostKey, exchange.Request.Uri.IdnHost);
        span.SetTag("server.port", exchange.Request.Uri.Port);
        if (exchange.Error is { } error)
        {
            Fail(span, error);
        }

        if (exchange.Connection is not { } connection)
        {
            return;
        }

        span.SetTag("network.peer.address", connection.Address?.ToString());
        span.SetTag(LabInstruments.VirtualIpKey, connection.LoadBalancer);
        span.SetTag(LabInstruments.NodeKey, connection.Node);
        if (connection.TlsVersion is { } version)
        {
            span.SetTag("tls.protocol.name", "tls");
            span.SetTag("tls.protocol.version", version.Replace("TLSv", string.Empty, StringComparison.Ordinal));
            span.SetTag("tls.cipher", connection.CipherSuite);
        }

        if (connection.Presented.Count > 0 && span.IsAllDataRequested)
        {
            span.SetTag("tls.server.certificate_chain", connection.Presented.Select(certificate => Convert.ToBase64String(certificate.Span)).ToArray());
            span.SetTag("autodetectsim.presented", connection.Presented.Count);
        }
    }

    private static void Fail(Activity span, NodeError error)
    {
        span.SetTag(LabInstruments.ErrorKey, error.Code);
        span.SetStatus(ActivityStatusCode.Error, error.Message);
    }
}
