using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Mysteries;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn start LESSON</c>: runs the lab of a lesson until it is stopped.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var lesson = new Argument<string>("LESSON") { Description = "Name of a lesson or mystery (see learn list), or folder with your own lesson." };
        var options = new SessionOptions();
        var command = new Command("start", "Start or resume a lesson: runs its lab until Ctrl-C or learn stop. Work on it from a second terminal.") { lesson };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => LearnCommand.GuardAsync(() => RunAsync(parsed.GetValue(lesson)!, LearnOptions.Store(parsed), options.Read(parsed), cancellationToken)));
        return command;
    }

    /// <summary>Runs a lesson or mystery until it is stopped.</summary>
    /// <exception cref="InputException">There is no such lesson.</exception>
    public static Task<int> RunAsync(string lesson, ProgressStore store, SessionSettings settings, CancellationToken cancellationToken)
    {
        if (MysteryDraw.Named(lesson) is { } mystery)
        {
            return MysteryCommand.RunAsync(mystery, store, settings, cancellationToken);
        }

        var loaded = LessonLibrary.Load(lesson);
        if (loaded.Lesson is not { } found)
        {
            throw new InputException(string.Join(Environment.NewLine, loaded.Problems));
        }

        return SessionRunner.RunAsync(
            store,
            settings,
            "learn start " + lesson,
            progress =>
            {
                var known = progress.Lessons.GetValueOrDefault(found.Name);
                return Task.FromResult(LessonCase.Draw(found, known?.CaseSeed ?? LessonCase.SeedOf(progress.Seed, found.Name, known?.Attempt ?? 1)));
            },
            cancellationToken);
    }
}
