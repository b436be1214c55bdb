using AutoDetectSim.AutoDetect.Answers;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect.FrontDoor;

/// <summary>
/// The headers of the Kestrel era ([CAP2025]). Over HTTP/2, Kestrel writes those that it knows first and the others in the order
/// in which they were set, which is the captured order.
/// </summary>
internal static class Headers2025
{
    /// <summary>Names in the order of the wire, for HTTP/1.1.</summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "Content-Type",
        "Date",
        "Server",
        "Allow",
        "Transfer-Encoding",
        "Strict-Transport-Security",
        "X-OLM-Source-Endpoint",
        "X-Provider-Id",
        "X-Debug-Support",
        "X-AutoDv2-Error",
        "X-Feedback-Token",
        "X-DNS-Prefetch-Control",
        "X-Frame-Options",
        "X-Download-Options",
        "X-Content-Type-Options",
        "X-XSS-Protection",
        "X-Instance-Id",
        "X-Response-Time",
        "X-Request-Id",
        "X-AutoDetect-CV",
    ];

    /// <summary>Writes the headers of one answer.</summary>
    public static void Write(IHeaderDictionary headers, AutoDetectCall call, Detection? findings, FeedbackKey key, bool hasBody)
    {
        if (hasBody)
        {
            headers.ContentType = HeaderWriter.Json;
        }

        headers.Date = HeaderWriter.Date(call);
        headers.Server = "Kestrel";
        headers.StrictTransportSecurity = "max-age=2592000";
        if (findings is not null)
        {
            headers["X-OLM-Source-Endpoint"] = "/detect";
            HeaderWriter.WriteFindings(headers, findings, key);
        }

        headers["X-DNS-Prefetch-Control"] = "off";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["X-Download-Options"] = "noopen";
        headers.XContentTypeOptions = "nosniff";
        headers.XXSSProtection = "1; mode=block";
        headers["X-Instance-Id"] = call.Instance;
        headers["X-Response-Time"] = HeaderWriter.Milliseconds(call) + " ms";
        var requestId = call.RequestId.ToString("D");
        headers["X-Request-Id"] = requestId;
        headers["X-AutoDetect-CV"] = requestId;
    }
}
