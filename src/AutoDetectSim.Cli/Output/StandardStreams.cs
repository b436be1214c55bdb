using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AutoDetectSim.Cli.Output;

/// <summary>The console's streams: guarded against disks that are full, and text in them against control characters.</summary>
internal static class StandardStreams
{
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

    /// <summary>A console for tables and colors, whose texts are escaped and whose color codes are not.</summary>
    /// <param name="toError">Whether it writes to standard error.</param>
    public static IAnsiConsole CreateConsole(bool toError)
    {
        var output = new ColorOutput(toError);
        var isTerminal = output.IsTerminal;
        var console = AnsiConsole.Create(isTerminal ? new AnsiConsoleSettings { Out = output } : new AnsiConsoleSettings { Out = output, Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
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
