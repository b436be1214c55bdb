using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Web.Api;

/// <summary>
/// Tells listeners what happens in a lab, as server-sent events: at most a few a second, each with everything since the last. A busy
/// lab costs no more than a quiet one. Without listeners nothing is done.
/// </summary>
/// <param name="lab">The lab.</param>
internal sealed class LabEvents(Lab lab)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>After so many quiet intervals a comment shows that the stream is alive.</summary>
    private const int QuietIntervals = 40;

    /// <summary>Writes events until the listener goes.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        var last = new Seen(-1, lab.Network.Journal.Count, lab.Journal.Count);
        var quiet = 0;
        do
        {
            var now = new Seen(lab.Control.Log.Count, lab.Network.Journal.Count, lab.Journal.Count);
            if (now != last)
            {
                await WriteAsync(context, EventOf(now, last));
                (last, quiet) = (now, 0);
            }
            else if (++quiet % QuietIntervals == 0)
            {
                await context.Response.WriteAsync(":\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        while (await timer.WaitForNextTickAsync(context.RequestAborted));
    }

    private LabEvent EventOf(Seen now, Seen last) => new()
    {
        Scenario = lab.Scenario.Name,
        Revision = now.Revision,
        Undoable = lab.Control.Log.Last?.Sentence,
        Connections = now.Connections,
        Detections = now.Detections,
        Met = lab.Network.Journal.After(now.Connections < last.Connections ? 0 : last.Connections)
            .Where(connection => !connection.IsService)
            .GroupBy(connection => connection.VirtualIp + "/" + connection.Node, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
    };

    private static async Task WriteAsync(HttpContext context, LabEvent happened)
    {
        // JSON without indentation has no line break, which would end the event.
        await context.Response.WriteAsync("data: " + JsonSerializer.Serialize(happened, WorldJson.Default.LabEvent) + "\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private readonly record struct Seen(long Revision, long Connections, long Detections);
}
