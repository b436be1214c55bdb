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
    private const string Dns = "DNS";
    private const string Tcp = "TCP connect";
    private const string Tls = "TLS handshake";
    private const string Http = "HTTP";

    /// <summary>Writes the spans of a detection.</summary>
    /// <param name="detection">The detection.</param>
    /// <param name="scenario">The name of the lab's scenario.</param>
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
        var at = began;
        foreach (var (name, length, error) in Parts(exchange))
        {
            using var part = LabInstruments.Spans.StartActivity(name, ActivityKind.Internal, span.Context, startTime: at);
            at += length;
            if (part is not null)
            {
                part.SetTag(HostKey, exchange.Request.Uri.IdnHost);
                if (error is not null)
                {
                    Fail(part, error);
                }

                part.SetEndTime(at.UtcDateTime);
            }
        }

        span.SetEndTime((began + exchange.Elapsed).UtcDateTime);
    }

    /// <summary>The parts of a request that were completed, and the one that failed, to which all time belongs that is left.</summary>
    private static IEnumerable<(string Name, TimeSpan Length, NodeError? Error)> Parts(LabHttpExchange exchange)
    {
        // A chain is judged when the handshake is complete.
        var isRefused = exchange.Timing?.Tls is not null && exchange.Connection?.Validation is not { Accepted: true };
        (string Name, TimeSpan? Length)[] parts =
        [
            (Dns, exchange.Timing?.Dns ?? (exchange.Connection?.Address is null ? null : TimeSpan.Zero)),
            (Tcp, exchange.Timing?.Tcp),
            .. exchange.Request.Uri.Scheme == Uri.UriSchemeHttps ? [(Tls, isRefused ? null : exchange.Timing?.Tls)] : Array.Empty<(string, TimeSpan?)>(),
            (Http, exchange.Timing?.Http),
        ];
        var left = exchange.Elapsed;
        foreach (var (name, length) in parts)
        {
            if (length is not { } known)
            {
                if (exchange.Error is { } error)
                {
                    yield return (name, left > TimeSpan.Zero ? left : TimeSpan.Zero, error);
                }

                yield break;
            }

            yield return (name, known, null);
            left -= known;
        }
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
        span.SetTag(LabInstruments.VirtualIpKey, connection.VirtualIp);
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
        }
    }

    private static void Fail(Activity span, NodeError error)
    {
        span.SetTag(LabInstruments.ErrorKey, error.Code);
        span.SetStatus(ActivityStatusCode.Error, error.Message);
    }
}
