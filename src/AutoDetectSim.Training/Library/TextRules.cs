using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Library;

/// <summary>Finds words in braces in the texts of a lesson that nothing replaces.</summary>
internal static class TextRules
{
    /// <summary>Checks a file of text.</summary>
    public static void Check(string text, LessonDefinition lesson, ProblemSink problems)
    {
        var lines = text.Split('\n');
        var isCode = false;
        for (var index = 0; index < lines.Length; index++)
        {
            // Code has braces of its own.
            isCode ^= lines[index].StartsWith("```", StringComparison.Ordinal);
            foreach (var name in isCode ? [] : DrawnParts.NamesIn(lines[index]))
            {
                if (Unknown(name, lesson, problems) is { } message)
                {
                    problems.Add(new SourcePosition(index + 1, lines[index].IndexOf("{" + name + "}", StringComparison.Ordinal) + 1), message, name);
                }
            }
        }
    }

    /// <summary>Why a word in braces is unknown; null if it is the name of a draw.</summary>
    public static string? Unknown(string name, LessonDefinition lesson, ProblemSink problems)
    {
        if (lesson.Draws.Any(draw => string.Equals(draw.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var nearest = problems.Nearest(name, lesson.Draws.Select(draw => draw.Name));
        return $"`draws` does not define `{name}`" + (nearest is null ? string.Empty : $"; did you mean `{{{nearest}}}`?");
    }
}
