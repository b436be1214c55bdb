using System.CommandLine;
using System.Security.Cryptography;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Training.Mysteries;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn mystery</c>: a case drawn from the whole scenario library.</summary>
internal static class MysteryCommand
{
    private const int LargestDrawnSeed = 10_000;

    public static Command Create()
    {
        var level = CheckedOption.WholeNumber("--level", "Difficulty from 1 to 4; level 4 has two faults.", 1, MysteryLevels.TwoFaults, 1);
        var seed = CheckedOption.OptionalWholeNumber("--seed", "Number of the mystery: the same number draws the same mystery for everyone. Default: a random one.", 0, int.MaxValue);
        var options = new SessionOptions();
        var command = new Command("mystery", "Draw a lab and one or two faults from the whole scenario library, and start or resume it as a lesson.") { level, seed };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => LearnCommand.GuardAsync(() =>
        {
            var draw = new MysteryDraw(parsed.GetValue(level), parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(LargestDrawnSeed));
            return RunAsync(draw, LearnOptions.Store(parsed), options.Read(parsed), cancellationToken);
        }));
        return command;
    }

    /// <summary>Runs a mystery.</summary>
    public static Task<int> RunAsync(MysteryDraw draw, ProgressStore store, SessionSettings settings, CancellationToken cancellationToken) =>
        SessionRunner.RunAsync(store, settings, "learn start " + draw.Name, _ => draw.DrawAsync(settings.Lab, cancellationToken), cancellationToken);
}
