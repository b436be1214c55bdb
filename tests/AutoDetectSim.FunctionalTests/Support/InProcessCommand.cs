using AutoDetectSim.Cli;

namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>Runs our own command in the process of the test, where starting one for each would take most of the time. Any number at once: each gets what it has printed itself.</summary>
internal static class InProcessCommand
{
    private static readonly AsyncLocal<Printed?> Current = new();

    static InProcessCommand()
    {
        Console.SetOut(new Router(Console.Out, printed => printed.Output));
        Console.SetError(new Router(Console.Error, printed => printed.Error));

        // Where a user would stand who types scenarios/healthy.yaml, and where a process of the tests is started.
        Environment.CurrentDirectory = Tool.RepositoryRoot;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        var (printed, exitCode) = Start(arguments);
        return new ToolResult(await exitCode, printed.OutputText, printed.ErrorText);
    }

    /// <summary>Starts a command that goes on, such as <c>learn start</c>.</summary>
    public static (Printed Printed, Task<int> ExitCode) Start(params string[] arguments)
    {
        var printed = new Printed();
        var exitCode = Task.Run(async () =>
        {
            Current.Value = printed;
            return await Program.ExecuteAsync(arguments);
        });
        return (printed, exitCode);
    }

    /// <summary>What a command has printed so far.</summary>
    public sealed class Printed
    {
        private readonly TaskCompletionSource _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Printed() => Output = new Watched(_line);

        public StringWriter Output { get; }

        public StringWriter Error { get; } = new();

        /// <summary>Done when the first line stands on standard output.</summary>
        public Task FirstLine => _line.Task;

        public string OutputText => Output.ToString();

        public string ErrorText => Error.ToString();
    }

    private sealed class Watched(TaskCompletionSource line) : StringWriter
    {
        public override void Write(char value)
        {
            base.Write(value);
            if (value == '\n')
            {
                line.TrySetResult();
            }
        }

        public override void WriteLine(string? value)
        {
            base.Write(value);
            Write('\n');
        }
    }

    private sealed class Router(TextWriter otherwise, Func<Printed, TextWriter> part) : TextWriter
    {
        public override System.Text.Encoding Encoding => otherwise.Encoding;

        private TextWriter Target => Current.Value is { } printed ? part(printed) : otherwise;

        public override void Write(char value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(string? value) => Target.Write(value);

        public override void WriteLine(string? value) => Target.WriteLine(value);
    }
}
