using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AutoDetectSim.Cli.Output;

/// <summary>The console's streams: guarded against disks that are full, and text in them against control characters.</summary>
internal static class StandardStreams
{
    /// <summary>The descriptor of standard error.</summary>
    private const nint StandardError = 2;

    private static TextWriter? _out;
    private static TextWriter? _error;

    /// <summary>Puts the guards in place.</summary>
    public static void Install()
    {
        _out = TextWriter.Synchronized(new StreamWriter(new GuardedStream(Console.OpenStandardOutput(), "Standard output"), Console.Out.Encoding) { AutoFlush = true });
        _error = TextWriter.Synchronized(new StreamWriter(new GuardedStream(Console.OpenStandardError(), name: null), Console.Error.Encoding) { AutoFlush = true });
        Console.SetOut(new EscapingWriter(_out));
        Console.SetError(new EscapingWriter(_error));
    }

    /// <summary>Writes a sentence to standard error without the console, which needs files of the system itself.</summary>
    public static void SayDirectly(string sentence)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Console.Error.WriteLine(EscapedText.OneLine(sentence));
                return;
            }

            using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
            using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            error.Write(Encoding.UTF8.GetBytes(EscapedText.OneLine(sentence) + "\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Where standard error cannot be written, the exit code is all there is.
        }
    }

    /// <summary>A console for tables and colors, whose texts are escaped and whose color codes are not.</summary>
    /// <param name="output">Where it writes; null: standard output.</param>
    public static IAnsiConsole CreateConsole(TextWriter? output = null) => Create(output is null ? new ColorOutput(toError: false) : new AnsiConsoleOutput(output));

    /// <summary>The same on standard error, for progress.</summary>
    public static IAnsiConsole CreateErrorConsole() => Create(new ColorOutput(toError: true));

    private static IAnsiConsole Create(IAnsiConsoleOutput output)
    {
        // CI systems, for which Spectre would turn colors on, keep the text as a file.
        var console = AnsiConsole.Create(output.IsTerminal
            ? new AnsiConsoleSettings { Out = output }
            : new AnsiConsoleSettings { Out = output, Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false } });
        console.Pipeline.Attach(new EscapingHook());
        return console;
    }

    /// <summary>The stream below the escaping; whether it is a terminal is asked of the one above.</summary>
    private sealed class ColorOutput(bool toError) : IAnsiConsoleOutput
    {
        private readonly AnsiConsoleOutput _console = new(toError ? Console.Error : Console.Out);

        public TextWriter Writer => (toError ? _error : _out) ?? _console.Writer;

        public bool IsTerminal => _console.IsTerminal;

        public int Width => _console.Width;

        public int Height => _console.Height;

        public void SetEncoding(Encoding encoding) => _console.SetEncoding(encoding);
    }

    private sealed class EscapingHook : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(renderable => new Escaped(renderable));
    }

    private sealed class Escaped(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            inner.Render(options, maxWidth).Select(segment => segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(EscapedText.Of(segment.Text), segment.Style));
    }
}
