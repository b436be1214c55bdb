using System.CommandLine;
using System.CommandLine.Help;
using AutoDetectSim.CertsGen;
using AutoDetectSim.Cli.Capture;
using AutoDetectSim.Cli.Change;
using AutoDetectSim.Cli.Check;
using AutoDetectSim.Cli.Detect;
using AutoDetectSim.Cli.Env;
using AutoDetectSim.Cli.Explain;
using AutoDetectSim.Cli.Export;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Library;
using AutoDetectSim.Cli.Lint;
using AutoDetectSim.Cli.Mcp;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Regress;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Cli.Schema;
using AutoDetectSim.Cli.Test;
using AutoDetectSim.Cli.Verify;
using AutoDetectSim.Cli.Web;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Issuing;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli;

/// <summary>The <c>autodetectsim</c> command.</summary>
internal static class Program
{
    /// <summary>An empty value is one: files of certificates are often protected with an empty password.</summary>
    private const string Password = "--password";

    /// <summary>Commands whose arguments are a person's or another program's words, which may be empty.</summary>
    private static readonly string[] TakeWords = ["regress", "learn", "explain", "change"];

    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("detect", DetectCommand.Create),
        ("check", CheckCommand.Create),
        ("capture", CaptureCommand.Create),
        ("run", RunCommand.Create),
        ("console", ConsoleCommand.Create),
        ("env", EnvCommand.Create),
        ("change", ChangeCommand.Create),
        ("test", TestCommand.Create),
        ("regress", RegressCommand.Create),
        ("learn", LearnCommand.Create),
        ("verify", VerifyCommand.Create),
        ("explain", ExplainCommand.Create),
        ("lint", LintCommand.Create),
        ("scenarios", ScenariosCommand.Create),
        ("new", NewCommand.Create),
        ("schema", SchemaCommand.Create),
        ("export", ExportCommand.Create),
        ("mcp", McpCommand.Create),
    ];

    /// <summary>The command with everything below it.</summary>
    public static Command CreateRoot() => Assemble(Commands.Select(command => command.Create()));

    /// <summary>The command, with what these arguments can need of it: making every command costs a run more than what most of them do.</summary>
    private static Command CreateRoot(IReadOnlyList<string> arguments) => arguments switch
    {
        ["--version"] => Assemble([]),
        [var name, ..] when Array.Find(Commands, command => command.Name == name).Create is { } create => Assemble([create()]),
        _ => CreateRoot(),
    };

    private static Command Assemble(IEnumerable<Command> commands)
    {
        var root = new Command("autodetectsim", "Simulate Outlook Mobile's AutoDetect on one machine: Exchange servers behind load balancers, each node with its own certificate chain.");
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        return root;
    }

    internal static async Task<int> Main(string[] args)
    {
        try
        {
            if (FileLimit.Check() is { } problem)
            {
                StandardStreams.SayDirectly(problem);
                return ExitCodes.CannotStart;
            }

            StandardStreams.Install();
        }
        catch (Exception exception)
        {
            StandardStreams.SayDirectly(Unexpected(exception));
            return ExitCodes.CannotStart;
        }

        return await ExecuteAsync(args);
    }

    /// <summary>Runs a command on the present streams of the console; whatever goes wrong is one sentence and an exit code.</summary>
    internal static async Task<int> ExecuteAsync(string[] args)
    {
        var stall = new StallWatch();
        try
        {
            using var signals = new StopSignals();
            return await RunAsync(args, signals.Token);
        }
        catch (OperationCanceledException)
        {
            Notice.WriteLine("Stopped.");
            return ExitCodes.NotAsExpected;
        }
        catch (Exception exception) when (exception is InputException or OutputFileException or LabPkiFolderException or LabPartsException)
        {
            Notice.WriteLine(exception.Message);
            return ExitCodes.InvalidInput;
        }
        catch (ScenarioException exception)
        {
            Notice.WriteLine("The scenario cannot be run: " + exception.Message);
            return ExitCodes.InvalidInput;
        }
        catch (LabStartException exception)
        {
            Notice.WriteLine("The lab could not start: " + (FileLimit.Explain(exception) ?? exception.Message));
            return ExitCodes.CannotStart;
        }
        catch (UnreachableException exception)
        {
            Notice.WriteLine(FileLimit.Explain(exception) ?? exception.Message);
            return ExitCodes.CannotStart;
        }
        catch (Exception exception) when (exception is StandardOutputException or FileLimitException)
        {
            Notice.WriteLine(exception.Message);
            return ExitCodes.CannotStart;
        }
        catch (Exception exception)
        {
            Notice.WriteLine(Unexpected(exception));
            return ExitCodes.CannotStart;
        }
        finally
        {
            StallNotice.Say(stall);
        }
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        ParseResult parsed;
        try
        {
            parsed = CreateRoot(args).Parse(args);
        }
        catch (InvalidOperationException exception)
        {
            // What a validator throws that asks for a value which could not be read; the message is that value's error.
            Notice.WriteLine(UnusableValue.Reword(exception.Message));
            return ExitCodes.InvalidInput;
        }

        var misspelled = Misspelling.Find(parsed);
        var takesWords = CommandPath(parsed.CommandResult).Any(command => TakeWords.Contains(command, StringComparer.Ordinal));
        var empty = UnusableValue.FindEmpty(parsed, symbol => symbol.Name == Password || (takesWords && symbol is Argument));
        if (parsed.Errors.Count > 0 || misspelled is not null || empty.Count > 0)
        {
            foreach (var error in misspelled is not null ? [misspelled] : empty.Count > 0 ? empty : parsed.Errors.Select(error => error.Message))
            {
                Notice.WriteLine(error);
            }

            Notice.WriteLine("Try: " + string.Join(' ', ["autodetectsim", .. CommandPath(parsed.CommandResult), "--help"]));
            return ExitCodes.InvalidInput;
        }

        if (OutputClash.Find(parsed) is { } clash)
        {
            Notice.WriteLine(clash);
            return ExitCodes.InvalidInput;
        }

        FileLimit.Require(CommandPath(parsed.CommandResult).FirstOrDefault());
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
    }

    /// <summary>A fault of the program, or of the machine, in one sentence.</summary>
    internal static string Unexpected(Exception exception)
    {
        var cause = exception;
        while (cause is AggregateException or System.Reflection.TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return FileLimit.Explain(cause) ?? $"AutoDetectSim cannot go on: {EscapedText.OneLine(cause.Message)}";
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
