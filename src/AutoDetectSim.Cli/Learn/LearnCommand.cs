using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn</c>: lessons in which a trainee finds a hidden fault, repairs it, and reads the explanation.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var command = new Command("learn", "Learn: find, name and repair the hidden fault behind a customer's complaint in a running lab, with curl, openssl and the checker.")
        {
            LearnOptions.Data,
            LearnOptions.Json,
            ListCommand.Create(),
            StartCommand.Create(),
            MysteryCommand.Create(),
            SessionCommands.Status(),
            SessionCommands.Phone(),
            LogCommand.Create(),
            SessionCommands.Hint(),
            DiagnoseCommand.Create(),
            DiagnoseCommand.Words(),
            SessionCommands.Answer(),
            SessionCommands.Fix(),
            SessionCommands.Undo(),
            SessionCommands.Verify(),
            SessionCommands.Explain(),
            ReadCommand.Create(),
            SessionCommands.Stop(),
            ResetCommand.Create(),
            ReportCommand.Create(),
            LessonTestCommand.Create(),
        };
        return command;
    }

    /// <summary>Runs an action on progress files; unreadable or unwritable files are reported as invalid input.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (ProgressException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
