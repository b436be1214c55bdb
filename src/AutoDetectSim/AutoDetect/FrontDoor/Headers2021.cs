using AutoDetectSim.AutoDetect.Answers;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect.FrontDoor;

/// <summary>The headers of the Node.js era ([SEED]).</summary>
internal static class Headers2021
{
    /// <summary>Names in the order and casing of the wire.</summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "X-Request-Id",
        "X-Instance-Id",
        "X-DNS-Prefetch-Control",
        "X-Frame-Options",
        "Strict-Transport-Security",
        "X-Download-Options",
        "X-Content-Type-Options",
        "X-XSS-Protection",
        "Allow",
        "X-OLM-Source-Endpoint",
        "X-Provider-Id",
        "X-Debug-Support",
        "X-AutoDv2-Error",
        "X-Feedback-Token",
        "Vary",
        "X-Response-Time",
        "Content-Length",
        "Content-Type",
        "Date",
    ];

    /// <summary>Writes the headers of one answer.</summary>
    public static void Write(IHeaderDictionary headers, AutoDetectCall call, Detection? findings, FeedbackKey key, int? bodyLength)
    {
        headers["X-Request-Id"] = RequestId(call);
        headers["X-Instance-Id"] = call.Instance;
        headers["X-DNS-Prefetch-Control"] = "off";
        headers.XFrameOptions = "SAMEORIGIN";
        headers.StrictTransportSecurity = "max-age=15552000; includeSubDomains";
        headers["X-Download-Options"] = "noopen";
        headers.XContentTypeOptions = "nosniff";
        headers.XXSSProtection = "1; mode=block";
        if (findings is not null)
        {
            headers["X-OLM-Source-Endpoint"] = "https://" + Cluster(call.Instance) + "-api.acompli.net/autodetect/detect";
            HeaderWriter.WriteFindings(headers, findings, key);
        }

        headers.Vary = "Accept-Encoding";
        headers["X-Response-Time"] = HeaderWriter.Milliseconds(call) + "ms";
        if (bodyLength is not null)
        {
            headers.ContentLength = bodyLength;
            headers.ContentType = HeaderWriter.Json;
        }

        headers.Date = HeaderWriter.Date(call);
    }

    /// <summary>Calls at <c>prod5-autodetect-1</c> have ids that begin with <c>prod5-1-</c>.</summary>
    private static string RequestId(AutoDetectCall call) =>
        call.Instance.Replace("-autodetect-", "-", StringComparison.Ordinal) + "-" + call.RequestId.ToString("D");

    /// <summary><c>prod5-autodetect-1</c> is of the cluster <c>prod5</c>.</summary>
    private static string Cluster(string instance)
    {
        var hyphen = instance.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 ? instance[..hyphen] : instance;
    }
}
