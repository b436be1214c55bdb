using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Cli.Explain;

/// <summary>Prints what was explained, for people.</summary>
internal static class ExplainReport
{
    public static void Write(ExplainedAnswer answer, TextWriter output)
    {
        foreach (var header in answer.Headers)
        {
            output.WriteLine(header.Text is null ? header.Name : $"{header.Name}: {Printable(header.Text)}");
            foreach (var sentence in header.Words)
            {
                output.WriteLine("  " + Printable(sentence));
            }

            if (header.Value is { } value)
            {
                output.WriteLine();
                output.WriteLine(JsonReport.Pretty(value));
            }

            output.WriteLine();
        }
    }

    // What a stranger's server sent must not steer the terminal.
    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? '?' : source[i];
        }
    });
}
