using System.Text;
using AutoDetectSim.Cli.Explain;
using AutoDetectSim.Evidence;
using AutoDetectSim.Diagnosis.Explaining;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Headers as people paste them.</summary>
internal static class ExplainTarget
{
    public static void Read(ReadOnlySpan<byte> input)
    {
        try
        {
            var explained = HeaderExplainer.Explain(HeaderText.Open(Encoding.UTF8.GetString(input)));
            if (explained.Headers.Count == 0 || explained.Headers.Any(header => header.Words.Count == 0))
            {
                throw new FuzzException("The text was taken, and nothing is said of it.");
            }

            ExplainReport.Write(explained, verbose: true, TextWriter.Null);
        }
        catch (UnreadableHeaderException exception) when (exception.Message.Length > 10)
        {
            // Refused in words.
        }
    }
}
