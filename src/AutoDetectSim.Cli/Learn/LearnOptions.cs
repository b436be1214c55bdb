using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Training.Progress;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Cli.Learn;

/// <summary>The options that all commands of `learn` have, and what they come to.</summary>
internal static class LearnOptions
{
    public static readonly Option<DirectoryInfo?> Data = new("--data")
    {
        Description = $"Folder for your progress. Default: the variable {DataFolder.Variable}, otherwise AutoDetectSim in your application data.",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "JSON document on standard output.", Recursive = true };

    /// <summary>The progress of the trainee.</summary>
    public static ProgressStore Store(ParseResult parsed) =>
        new(DataFolder.Of(parsed.GetValue(Data)), TimeProvider.System);

    /// <summary>Where text for people goes.</summary>
    public static TextWriter People => new ProseWriter();

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
            Notice.WriteLine(exception.Message);
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
        Notice.WriteLine($"No lesson is running ({store.Folder}). Start one in another terminal: autodetectsim learn start LESSON");
        return ExitCodes.CannotStart;
    }
}
