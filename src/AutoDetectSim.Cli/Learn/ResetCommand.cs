using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn reset LESSON</c>: sets one lesson back to its beginning.</summary>
internal static class ResetCommand
{
    public static Command Create()
    {
        var lesson = new Argument<string>("LESSON") { Description = "Name of the lesson or mystery (see learn list)." };
        var command = new Command("reset", "Reset a lesson: discards your progress and draws a new variant.") { lesson };
        command.SetAction((parsed, cancellationToken) => LearnCommand.GuardAsync(async () =>
        {
            var store = LearnOptions.Store(parsed);
            var name = parsed.GetValue(lesson)!;
            var known = await ResetAsync(store, name, cancellationToken);
            if (known is null)
            {
                Notice.WriteLine($"'{name}' has not been started ({store.Folder}).");
                return ExitCodes.InvalidInput;
            }

            if (known.Length == 0)
            {
                Notice.WriteLine($"{name} is running: end it first with learn stop.");
                return ExitCodes.NotAsExpected;
            }

            return SessionCommands.Say(parsed, new DoneAnswer($"{known} has been reset."), LearnJson.Default.DoneAnswer, writer => writer.WriteLine($"{known} has been reset."), isYes: true);
        }));
        return command;
    }

    /// <summary>Sets a lesson back to its beginning. Returns its name, an empty text while it runs, and null for one that was never begun.</summary>
    public static async Task<string?> ResetAsync(ProgressStore store, string name, CancellationToken cancellationToken)
    {
        var known = store.Read()?.Lessons.Keys.FirstOrDefault(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            return null;
        }

        if (string.Equals(SessionFile.Find(store.Folder)?.Lesson, known, StringComparison.Ordinal))
        {
            return string.Empty;
        }

        await store.UpdateAsync(
            known,
            before => before is null ? null : new LessonProgress { Title = before.Title, Level = before.Level, Attempt = before.Attempt + 1 },
            cancellationToken);
        return known;
    }
}
