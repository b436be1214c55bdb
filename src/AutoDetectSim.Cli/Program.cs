using System.CommandLine;
using System.CommandLine.Help;
using AutoDetectSim.Cli.Capture;
using AutoDetectSim.Cli.Change;
using AutoDetectSim.Cli.Check;
using AutoDetectSim.Cli.Detect;
using AutoDetectSim.Cli.Env;
using AutoDetectSim.Cli.Explain;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Library;
using AutoDetectSim.Cli.Lint;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Regress;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Cli.Schema;
using AutoDetectSim.Cli.Test;
using AutoDetectSim.Cli.Verify;

namespace AutoDetectSim.Cli;

/// <summary>The <c>autodetectsim</c> command.</summary>
internal static class Program
{
    /// <summary>The command with everything below it.</summary>
    public static Command CreateRoot() =>
        new("autodetectsim", "Simulate Outlook Mobile's AutoDetect on one machine: Exchange servers behind load balancers, each node with its own certificate chain.")
        {
            DetectCommand.Create(),
            CheckCommand.Create(),
            CaptureCommand.Create(),
            RunCommand.Create(),
            EnvCommand.Create(),
            ChangeCommand.Create(),
            TestCommand.Create(),
            RegressCommand.Create(),
            LearnCommand.Create(),
            VerifyCommand.Create(),
            ExplainCommand.Create(),
            LintCommand.Create(),
            ScenariosCommand.Create(),
            SchemaCommand.Create(),
            new HelpOption(),
            new VersionOption(),
        };

    internal static async Task<int> Main(string[] args)
    {
        ParseResult parsed;
        try
        {
            parsed = CreateRoot().Parse(args);
        }
        catch (InvalidOperationException exception)
        {
            // What a validator throws that asks for a value which could not be read; the message is that value's error.
            Notice.WriteLine(exception.Message);
            return ExitCodes.InvalidInput;
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Notice.WriteLine(error.Message);
            }

            Notice.WriteLine("Try: " + string.Join(' ', ["autodetectsim", .. CommandPath(parsed.CommandResult), "--help"]));
            return ExitCodes.InvalidInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            Notice.WriteLine("Stopped.");
            return ExitCodes.NotAsExpected;
        }
        catch (InputException exception)
        {
            Notice.WriteLine(exception.Message);
            return ExitCodes.InvalidInput;
        }
        catch (LabStartException exception)
        {
            Notice.WriteLine("The lab could not start: " + exception.Message);
            return ExitCodes.CannotStart;
        }
    }

    private static Stack<string> CommandPath(System.CommandLine.Parsing.CommandResult? command)
    {
        var names = new Stack<string>();
        for (var current = command; current?.Parent is not null; current = current.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Push(current.Command.Name);
        }

        return names;
    }
}
