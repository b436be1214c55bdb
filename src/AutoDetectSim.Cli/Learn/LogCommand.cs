using System.CommandLine;
using System.Globalization;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn log SERVER</c>: what an administrator sees on one of the customer's servers.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        var server = new Argument<string>("SERVER") { Description = "Name of a server (see learn status)." };
        var command = new Command("log", "Read the logs of one of the customer's servers: IIS, HTTP.sys errors and the Application event log, since the lesson started.") { server };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var log = await client.PostAsync(SessionApi.LogPath, new LogRequest(parsed.GetValue(server)!), LearnJson.Default.LogRequest, LearnJson.Default.ServerLogResult, cancellationToken);
            return SessionCommands.Say(parsed, log, LearnJson.Default.ServerLogResult, writer => Write(log, writer), isYes: true);
        }));
        return command;
    }

    private static void Write(ServerLogResult log, TextWriter writer)
    {
        if (log.Iis.Count + log.HttpErrors.Count + log.Events.Count == 0)
        {
            writer.WriteLine($"{log.Server} has logged nothing since the lesson started: no request has reached it.");
            return;
        }

        Write($"IIS log of {log.Server} (W3C, UTC):", log.Iis, writer);
        Write("HTTP.sys error log:", log.HttpErrors, writer);
        Write(
            "Application event log:",
            [.. log.Events.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} {entry.Level}, {entry.Source}, event {entry.Id}{(entry.Count == 1 ? string.Empty : $", {entry.Count} times")}: {entry.Message}"))],
            writer);
    }

    private static void Write(string title, IReadOnlyList<string> lines, TextWriter writer)
    {
        writer.WriteLine(title);
        foreach (var line in lines.Count == 0 ? ["(nothing)"] : lines)
        {
            writer.WriteLine("  " + line);
        }
    }
}
