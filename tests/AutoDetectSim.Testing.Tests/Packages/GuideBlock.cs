namespace AutoDetectSim.Testing.Tests.Packages;

/// <summary>A fenced block of a guide that a reader acts on: a file to write, or commands with what they print.</summary>
/// <param name="FileName">The name of the file; null for commands.</param>
/// <param name="Lines">The lines between the fences.</param>
internal sealed record GuideBlock(string? FileName, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";

    /// <summary>Reads a guide. A fence with a language and a file name begins a file, one with <c>console</c> commands; others are to be read only.</summary>
    public static IEnumerable<GuideBlock> Read(string guide)
    {
        List<string>? lines = null;
        string? information = null;
        foreach (var line in File.ReadLines(guide))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                lines?.Add(line);
            }
            else if (lines is null)
            {
                (lines, information) = ([], line[Fence.Length..].Trim());
            }
            else
            {
                var words = information!.Split(' ');
                if (words.Length == 2 || words[0] == "console")
                {
                    yield return new GuideBlock(words.Length == 2 ? words[1] : null, lines);
                }

                lines = null;
            }
        }
    }

    /// <summary>The commands, each with the lines that follow it.</summary>
    public IEnumerable<(string Command, IReadOnlyList<string> Output)> Commands()
    {
        for (var index = 0; index < Lines.Count; index++)
        {
            if (Lines[index].StartsWith("$ ", StringComparison.Ordinal))
            {
                yield return (Lines[index][2..], [.. Lines.Skip(index + 1).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal))]);
            }
        }
    }
}
