using System.Text;
using AutoDetectSim.Control;
using AutoDetectSim.Web.Classroom;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Hosting;

/// <summary>The console's paths about a class: those of its trainer, and the one by which a trainee gives a name.</summary>
/// <param name="classroom">The class.</param>
/// <param name="attendance">Who has been there.</param>
/// <param name="link">Makes the link of a seat by its place in the class.</param>
internal sealed class ClassPaths(IClassroom classroom, Attendance attendance, Func<int, Uri> link)
{
    private const string ReportPath = "/api/class";
    private const string CsvPath = "/api/class/report.csv";
    private const string SeatPath = "/api/seat";
    private const int LongestName = 60;

    /// <summary>Answers a request of the trainer; false for any other.</summary>
    public async Task<bool> TryAnswerTrainerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return false;
        }

        if (context.Request.Path == ReportPath)
        {
            await ControlServer.WriteAsync(context, Read(), ConsoleJson.Default.ClassDocument);
            return true;
        }

        if (context.Request.Path == CsvPath)
        {
            context.Response.ContentType = "text/csv; charset=utf-8";
            context.Response.Headers.ContentDisposition = "attachment; filename=class.csv";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(classroom.Csv()), context.RequestAborted);
            return true;
        }

        return false;
    }

    /// <summary>Answers a request about the trainee's name; false for any other.</summary>
    public static async Task<bool> TryAnswerTraineeAsync(HttpContext context, ISeat seat)
    {
        if (context.Request.Path != SeatPath || !ConsoleServer.IsReadOrJson(context.Request))
        {
            return false;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            var name = (await ControlServer.ReadAsync(context, ConsoleJson.Default.SeatName)).Trainee.Trim();
            if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            {
                throw new ControlException(StatusCodes.Status422UnprocessableEntity, [$"Give a name of 1 to {LongestName} characters."]);
            }

            await seat.NameAsync(name, context.RequestAborted);
        }

        await ControlServer.WriteAsync(context, new SeatName(seat.ReadTrainee()), ConsoleJson.Default.SeatName);
        return true;
    }

    private ClassDocument Read() => new()
    {
        Folder = classroom.Folder,
        Seats = [.. classroom.Seats.Select(SeatOf)],
        Report = classroom.Report(),
    };

    private SeatDocument SeatOf(ISeat seat, int index)
    {
        var (windows, last) = attendance.Of(index);
        return new SeatDocument
        {
            Name = seat.Name,
            Trainee = seat.ReadTrainee(),
            Link = link(index).ToString(),
            IsReady = seat.Lab is not null,
            Windows = windows,
            LastSeen = last,
            Lesson = seat.RunningLesson,
            Scenario = seat.Lab?.Scenario.Name,
            Connections = seat.Lab?.Network.Journal.Count ?? 0,
            Changes = seat.Lab?.Control.Changes.Count ?? 0,
        };
    }
}
