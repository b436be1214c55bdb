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
            var known = store.Read()?.Lessons.Keys.FirstOrDefault(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                Notice.WriteLine($"'{name}' has not been started ({store.Folder}).");
                return ExitCodes.InvalidInput;
            }

            if (string.Equals(SessionFile.Find(store.Folder)?.Lesson, known, StringComparison.Ordinal))
            {
                Notice.WriteLine($"{known} is running: end it first with learn stop.");
                return ExitCodes.NotAsExpected;
            }

            await store.UpdateAsync(
                known,
                before => before is null ? null : new LessonProgress { Title = before.Title, Level = before.Level, Attempt = before.Attempt + 1 },
                cancellationToken);
            return SessionCommands.Say(parsed, new DoneAnswer($"{known} has been reset."), LearnJson.Default.DoneAnswer, writer => writer.WriteLine($"{known} has been reset."), isYes: true);
        }));
        return command;
    }
}
