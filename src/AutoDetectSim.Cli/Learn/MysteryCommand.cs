using System.CommandLine;
using System.Security.Cryptography;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Training.Mysteries;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn mystery</c>: a case that nobody wrote, drawn from the whole scenario library.</summary>
internal static class MysteryCommand
{
    private const int LargestDrawnSeed = 10_000;

    public static Command Create()
    {
        var level = CheckedOption.WholeNumber("--level", "How hard it is, from 1 to 4; on level 4 there are two faults.", 1, MysteryLevels.TwoFaults, 1);
        var seed = CheckedOption.OptionalWholeNumber("--seed", "Which one: the same number is the same mystery for everybody. Default: any.", 0, int.MaxValue);
        var options = new SessionOptions();
        var command = new Command("mystery", "Draws a world and a fault, or two, from the whole scenario library, and runs it as a lesson, or goes on with it.") { level, seed };
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
