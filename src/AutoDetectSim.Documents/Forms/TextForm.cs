using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Forms;

/// <summary>One form that a text in a document can have.</summary>
internal sealed record TextForm
{
    /// <summary>The longest text that any form but a path accepts, in characters.</summary>
    public const int MaximumLength = 1000;

    private const int MaximumShown = 30;

    /// <summary>What such a text is called: <c>an e-mail address such as your@contoso.com</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Whether a text has the form.</summary>
    public required Func<string, bool> IsValid { get; init; }

    /// <summary>Turns a text into the form in which it is kept, before it is checked; null: it is kept as written.</summary>
    public Func<string, string>? Normalize { get; init; }

    /// <summary>A regular expression (ECMA 262) that every valid text matches, for editors.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only texts that are valid, where they are a closed set.</summary>
    public IReadOnlyList<string>? Known { get; init; }

    /// <summary>Texts that match a regular expression (ECMA 262), whose work on <see cref="MaximumLength"/> characters is small.</summary>
    public static TextForm Matching(string words, Regex expression) =>
        new() { Words = words, Pattern = expression.ToString(), IsValid = text => Matches(expression, text) };

    /// <summary>A closed set of texts.</summary>
    public static TextForm OneOf(string words, IReadOnlyList<string> known) => new()
    {
        Words = known.Count <= MaximumShown ? $"{words}: {string.Join(", ", known)}" : words,
        Known = known,
        IsValid = known.ToFrozenSet(StringComparer.Ordinal).Contains,
    };

    /// <summary>Whether a text of at most <see cref="MaximumLength"/> characters matches; the limit keeps a megabyte of text away from the expression.</summary>
    public static bool Matches(Regex expression, string text) => text.Length <= MaximumLength && expression.IsMatch(text);
}
