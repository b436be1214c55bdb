using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect.FrontDoor;

/// <summary>Writes answers with the headers of their edition, in its order ([SEED], [CAP2025]).</summary>
internal static class AnswerWriter
{
    /// <summary>Answers with a detection.</summary>
    public static Task WriteAsync(HttpContext context, Detection detection, FeedbackKey key)
    {
        var body = detection.Status is DetectionStatus.Answered or DetectionStatus.StillSearching ? AnswerBody.Render(detection) : null;
        var findings = detection.Status == DetectionStatus.Unavailable ? null : detection;
        return WriteAsync(context, (int)detection.Status, detection, findings, key, body);
    }

    /// <summary>Answers a call that no detection is made for.</summary>
    /// <param name="context">The call.</param>
    /// <param name="status">A status of the 400 range.</param>
    /// <param name="call">What every call has.</param>
    /// <param name="key">The key of the service.</param>
    /// <param name="problem">The problem of the call, in ASCII without quotation marks; null: no body.</param>
    public static Task RefuseAsync(HttpContext context, int status, AutoDetectCall call, FeedbackKey key, string? problem = null)
    {
        var body = problem is null ? null : System.Text.Encoding.ASCII.GetBytes("{\"error\":\"" + problem + "\"}");
        return WriteAsync(context, status, call, findings: null, key, body);
    }

    private static Task WriteAsync(HttpContext context, int status, AutoDetectCall call, Detection? findings, FeedbackKey key, byte[]? body)
    {
        var response = context.Response;
        response.StatusCode = status;
        if (call.Edition == Edition.Node2021)
        {
            Headers2021.Write(response.Headers, call, findings, key, body?.Length);
            context.SetResponseHeaderOrder(Headers2021.Order);
        }
        else
        {
            Headers2025.Write(response.Headers, call, findings, key, body is not null);
            context.SetResponseHeaderOrder(Headers2025.Order);
        }

        return body is null ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
