using System.Text;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Web.Desks;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Hosting;

/// <summary>The console's paths about lessons: the list, starting one, and everything that the control server of the running lesson answers to <c>learn</c>.</summary>
/// <param name="lessons">The lessons.</param>
/// <param name="forwarder">Passes requests on.</param>
internal sealed class LessonPaths(ILessons lessons, ControlForwarder forwarder)
{
    private const string SessionPrefix = "/api/lesson";
    private const string Prefix = "/api/lessons";

    /// <summary>Answers a request about lessons; false for any other.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(SessionPrefix, StringComparison.Ordinal, out var rest) && ConsoleServer.IsReadOrJson(request))
        {
            await forwarder.ForwardAsync(context, lessons.Running ?? throw new ControlException(StatusCodes.Status409Conflict, ["No lesson is running."]), rest.ToUriComponent());
            return true;
        }

        if (!request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var what) || !ConsoleServer.IsReadOrJson(request))
        {
            return false;
        }

        switch (request.Method + " " + what)
        {
            case "GET ":
                await WriteAsync(context, lessons.List());
                return true;
            case "GET /faults":
                await WriteAsync(context, lessons.Faults());
                return true;
            case "GET /state":
                await ControlServer.WriteAsync(context, new LessonStanding(lessons.Running is not null), ConsoleJson.Default.LessonStanding);
                return true;
            case "POST /start":
                await lessons.StartAsync((await ControlServer.ReadAsync(context, ConsoleJson.Default.LessonRequest)).Lesson, context.RequestAborted);
                await ControlServer.WriteAsync(context, new LessonStanding(IsRunning: true), ConsoleJson.Default.LessonStanding);
                return true;
            case "POST /reset":
                await lessons.ResetAsync((await ControlServer.ReadAsync(context, ConsoleJson.Default.LessonRequest)).Lesson, context.RequestAborted);
                await ControlServer.WriteAsync(context, new LessonStanding(IsRunning: false), ConsoleJson.Default.LessonStanding);
                return true;
            case "POST /check":
                var document = await lessons.CheckAsync(await ControlServer.ReadAsync(context, ConsoleJson.Default.LessonCheck), context.RequestAborted);
                await ControlServer.WriteAsync(context, document, ReportJson.Default.CheckDocument);
                return true;
            default:
                return false;
        }
    }

    private static async Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json), context.RequestAborted);
    }
}
