using AutoDetectSim.AutoDetect.FrontDoor;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect;

/// <summary>AutoDetect's HTTP interface ([SEED], [CAP2025], [S-PROBE]): <c>/detect</c> and <c>/autodetect/detect</c>.</summary>
/// <param name="service">Makes the detections.</param>
/// <param name="observe">Told of each detection before it is answered, or null.</param>
internal sealed class AutoDetectFrontDoor(AutoDetectService service, Action<Detection>? observe = null)
{
    private const int MaximumQueryLength = 4096;

    /// <summary>Answers one request that came to one of AutoDetect's host names.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsDetectPath(request.Path.Value))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            context.Response.Headers.Allow = "GET";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed);
            return;
        }

        if (request.QueryString.Value is { Length: > MaximumQueryLength })
        {
            await RefuseAsync(context, StatusCodes.Status414UriTooLong, "The query is too long.");
            return;
        }

        if (!CallerIdentity.TryRead(request.Headers, out var email, out var problem))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        Detection detection;
        try
        {
            detection = await service.DetectAsync(
                new DetectionRequest { Email = email, Parameters = DetectionParameters.Parse(request.QueryString.Value) },
                context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        observe?.Invoke(detection);
        await AnswerWriter.WriteAsync(context, detection, service.FeedbackKey);
    }

    private Task RefuseAsync(HttpContext context, int status, string? problem = null) =>
        AnswerWriter.RefuseAsync(context, status, service.Refuse(), service.FeedbackKey, problem);

    private static bool IsDetectPath(string? path)
    {
        var trimmed = path.AsSpan().TrimEnd('/');
        return trimmed.Equals("/detect", StringComparison.OrdinalIgnoreCase)
            || trimmed.Equals("/autodetect/detect", StringComparison.OrdinalIgnoreCase);
    }
}
