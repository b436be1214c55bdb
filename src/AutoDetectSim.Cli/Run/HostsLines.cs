using System.Text;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Hosting;

namespace AutoDetectSim.Cli.Run;

/// <summary>The text of a hosts file, in which the blocks of labs end with a line that names the process.</summary>
internal static class HostsLines
{
    /// <summary>The text without the lines of some labs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="owner">Labs of which kind are meant; null: all.</param>
    /// <param name="mark">The mark of the only lab that is meant; null for any.</param>
    public static string Without(string text, MarkedOwner? owner, string? mark = null)
    {
        var kept = new StringBuilder(text.Length);
        var block = new StringBuilder();
        foreach (var line in Lines(text))
        {
            var isMarked = line.TrimEnd().EndsWith(HostsFile.Mark, StringComparison.Ordinal);
            if (!isMarked || line.StartsWith(HostsFile.Heading, StringComparison.Ordinal))
            {
                kept.Append(block);
                block.Clear();
            }

            // Marked lines outside of a block were written by another program.
            if (!isMarked || (block.Length == 0 && !line.StartsWith(HostsFile.Heading, StringComparison.Ordinal)))
            {
                kept.Append(line);
                continue;
            }

            block.Append(line);
            if (ProcessMark.OwnerOf(line) is var found && found != MarkedOwner.Nobody)
            {
                if ((owner is not null && owner != found) || (mark is not null && !line.Contains(mark, StringComparison.Ordinal)))
                {
                    kept.Append(block);
                }

                block.Clear();
            }
        }

        return kept.Append(block).ToString();
    }

    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            yield return text[start..end];
            start = end;
        }
    }
}
