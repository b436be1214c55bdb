using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>The part of a change after the colon.</summary>
/// <param name="Word">The first word: a verb, a key, or the beginning of a value.</param>
/// <param name="WordPosition">Its position.</param>
/// <param name="Rest">What follows it, without spaces at its ends.</param>
/// <param name="RestPosition">The position of the rest.</param>
/// <param name="Whole">All of it.</param>
internal sealed record ChangeBody(string Word, SourcePosition WordPosition, string Rest, SourcePosition RestPosition, string Whole)
{
    /// <summary>The verb in lower case, or null when the first word is none.</summary>
    public string? Verb => ChangeVerbs.Descriptions.ContainsKey(Word.ToLowerInvariant()) ? Word.ToLowerInvariant() : null;

    /// <summary>Reads the body of a change.</summary>
    /// <param name="text">The whole change.</param>
    /// <param name="start">Where its body begins.</param>
    public static ChangeBody Parse(string text, int start)
    {
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        var end = text.IndexOf(' ', start) is >= 0 and var space ? space : text.Length;
        var rest = end;
        while (rest < text.Length && text[rest] == ' ')
        {
            rest++;
        }

        return new ChangeBody(text[start..end], new SourcePosition(1, start + 1), text[rest..], new SourcePosition(1, rest + 1), text[start..]);
    }
}
