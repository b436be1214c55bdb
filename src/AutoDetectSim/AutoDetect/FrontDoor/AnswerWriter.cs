using System.Globalization;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect.FrontDoor;

/// <summary>Writes a detection as the answer to its call, with the headers of its edition in their order (protocol.md 3.1).</summary>
internal static class AnswerWriter
{
    public const string ContentType = "application/json; charset=utf-8";

    public static async Task WriteAsync(HttpContext context, Detection detection, FeedbackKey key)
    {
        var response = context.Response;
        var body = detection.Status is DetectionStatus.Answered or DetectionStatus.StillSearching ? AnswerBody.Render(detection) : null;
        response.StatusCode = (int)detection.Status;
        var headers = response.Headers;
        foreach (var (name, value) in detection.Edition == Edition.Node2021
            ? Headers2021(detection, key, body)
            : Headers2025(detection, key, body))
        {
            headers[name] = value;
        }

        if (body is not null)
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The headers of the Node.js era ([SEED]).</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers2021(Detection detection, FeedbackKey key, byte[]? body)
    {
        yield return new("X-Request-Id", RequestId2021(detection));
        yield return new("X-Instance-Id", detection.Instance);
        yield return new("X-DNS-Prefetch-Control", "off");
        yield return new("X-Frame-Options", "SAMEORIGIN");
        yield return new("Strict-Transport-Security", "max-age=15552000; includeSubDomains");
        yield return new("X-Download-Options", "noopen");
        yield return new("X-Content-Type-Options", "nosniff");
        yield return new("X-XSS-Protection", "1; mode=block");
        yield return new("X-OLM-Source-Endpoint", "https://" + Cluster(detection.Instance) + "-api.acompli.net/autodetect/detect");
        if (detection.Status != DetectionStatus.Unavailable)
        {
            yield return new("X-Provider-Id", HeaderValue(detection.ProviderId ?? Detection.UnknownProvider));
            yield return new("X-Debug-Support", DebugSupport.Render(detection));
            if (detection.AutoDv2Error is { } error)
            {
                yield return new("X-AutoDv2-Error", HeaderValue(error));
            }

            yield return new("X-Feedback-Token", FeedbackToken.Render(detection, key));
        }

        yield return new("Vary", "Accept-Encoding");
        yield return new("X-Response-Time", Milliseconds(detection) + "ms");
        if (body is not null)
        {
            yield return new("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
            yield return new("Content-Type", ContentType);
        }

        yield return new("Date", detection.Answered.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The headers of the Kestrel era ([CAP2025]); HTTP/2 writes their names in lower case.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers2025(Detection detection, FeedbackKey key, byte[]? body)
    {
        var requestId = detection.RequestId.ToString("D");
        if (body is not null)
        {
            yield return new("Content-Type", ContentType);
        }

        yield return new("Date", detection.Answered.ToString("R", CultureInfo.InvariantCulture));
        yield return new("Server", "Kestrel");
        yield return new("Strict-Transport-Security", "max-age=2592000");
        yield return new("X-OLM-Source-Endpoint", "/detect");
        if (detection.Status != DetectionStatus.Unavailable)
        {
            yield return new("X-Provider-Id", HeaderValue(detection.ProviderId ?? Detection.UnknownProvider));
            yield return new("X-Debug-Support", DebugSupport.Render(detection));
            if (detection.AutoDv2Error is { } error)
            {
                yield return new("X-AutoDv2-Error", HeaderValue(error));
            }

            yield return new("X-Feedback-Token", FeedbackToken.Render(detection, key));
        }

        yield return new("X-DNS-Prefetch-Control", "off");
        yield return new("X-Frame-Options", "SAMEORIGIN");
        yield return new("X-Download-Options", "noopen");
        yield return new("X-Content-Type-Options", "nosniff");
        yield return new("X-XSS-Protection", "1; mode=block");
        yield return new("X-Instance-Id", detection.Instance);
        yield return new("X-Response-Time", Milliseconds(detection) + " ms");
        yield return new("X-Request-Id", requestId);
        yield return new("X-AutoDetect-CV", requestId);
    }

    private static string Milliseconds(Detection detection) =>
        ((long)detection.Elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary><c>prod5-autodetect-1</c> begins its request ids with <c>prod5-1-</c> ([SEED]).</summary>
    private static string RequestId2021(Detection detection)
    {
        var prefix = detection.Instance.Replace("-autodetect-", "-", StringComparison.Ordinal);
        return prefix + "-" + detection.RequestId.ToString("D");
    }

    private static string Cluster(string instance)
    {
        var hyphen = instance.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 ? instance[..hyphen] : instance;
    }

    /// <summary>Text that came from a server or from a scenario may hold what no header may.</summary>
    private static string HeaderValue(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
            }
        })
        : text;
}
