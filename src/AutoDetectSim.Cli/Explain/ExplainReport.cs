using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Cli.Explain;

/// <summary>Prints what was explained, for people.</summary>
internal static class ExplainReport
{
    /// <param name="answer">What was explained.</param>
    /// <param name="verbose">Whether the decoded values are shown as JSON.</param>
    /// <param name="output">The output of the command.</param>
    public static void Write(ExplainedAnswer answer, bool verbose, TextWriter output)
    {
        var console = HumanConsole.Create(output);
        foreach (var header in answer.Headers)
        {
            console.Heading(header.Answer is { } number ? string.Create(CultureInfo.InvariantCulture, $"Answer {number}: {header.Name}") : header.Name, header.Text is null ? "" : ": " + Printable(header.Text));
            foreach (var sentence in header.Words)
            {
                console.Prose("  " + Printable(sentence));
            }

            if (verbose && header.Value is { } value)
            {
                console.Prose(JsonReport.Pretty(value));
            }

            console.Prose("");
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
