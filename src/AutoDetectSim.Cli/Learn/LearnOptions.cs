using System.CommandLine;
using AutoDetectSim.Control;
using AutoDetectSim.Training.Progress;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Cli.Learn;

/// <summary>The options that all commands of `learn` have, and what they come to.</summary>
internal static class LearnOptions
{
    private const string DataVariable = "AUTODETECTSIM_DATA";

    public static readonly Option<DirectoryInfo?> Data = new("--data")
    {
        Description = $"Folder for your progress. Default: the variable {DataVariable}, otherwise AutoDetectSim in your application data.",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "JSON document on standard output.", Recursive = true };

    /// <summary>The progress of the trainee.</summary>
    public static ProgressStore Store(ParseResult parsed) =>
        new(
            parsed.GetValue(Data)?.FullName ?? (Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } folder ? folder : ProgressStore.DefaultFolder),
            TimeProvider.System);

    /// <summary>Where text for people goes: standard output at a terminal, else standard error, which keeps standard output for machines.</summary>
    public static TextWriter People => Console.IsOutputRedirected ? Console.Error : Console.Out;

    /// <summary>Lets a command talk to the lesson that runs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="work">What the command does; it returns the exit code.</param>
    public static async Task<int> WithSessionAsync(ParseResult parsed, Func<ControlClient, Task<int>> work)
    {
        var store = Store(parsed);
        if (SessionFile.Find(store.Folder) is not { } session)
        {
            return NoLesson(store);
        }

        using var client = new ControlClient(session.Control);
        try
        {
            return await work(client);
        }
        catch (ControlException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return exception.Status == StatusCodes.Status409Conflict ? ExitCodes.NotAsExpected : ExitCodes.InvalidInput;
        }
        catch (HttpRequestException)
        {
            // It has ended since the file was read, or while it worked.
            return NoLesson(store);
        }
    }

    private static int NoLesson(ProgressStore store)
    {
        Console.Error.WriteLine($"No lesson is running ({store.Folder}). Start one in another terminal: autodetectsim learn start LESSON");
        return ExitCodes.CannotStart;
    }
}
