using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>A JSON document that stands in a text, with other text before and after it or without.</summary>
/// <param name="Root">The document.</param>
/// <param name="FirstLine">Its first line.</param>
/// <param name="LastLine">Its last line.</param>
/// <param name="IsCutShort">Whether its end was missing, and was put there.</param>
internal sealed partial record JsonFragment(JsonElement Root, int FirstLine, int LastLine, bool IsCutShort)
{
    /// <summary>Places that are tried at most; each costs a walk through the rest of the file.</summary>
    private const int MaximumTries = 24;

    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Finds the documents of a file.</summary>
    /// <param name="document">The file.</param>
    /// <param name="problem">Why something that looks like a scanner's JSON cannot be read, or null.</param>
    public static IReadOnlyList<JsonFragment> Find(EvidenceDocument document, out string? problem)
    {
        var found = new List<JsonFragment>();
        problem = null;
        var tries = 0;
        var source = document.Source.Split('\n');
        for (var index = 0; index < source.Length && tries < MaximumTries; index++)
        {
            if (!Opening().IsMatch(Head(source[index])))
            {
                continue;
            }

            tries++;
            var (text, offsets) = Join(source, index);
            if (Parse(text, out var message) is not { } parsed)
            {
                problem ??= Known().IsMatch(text) ? $"line {index + 1}: the JSON is broken: {message}" : null;
                continue;
            }

            var last = offsets.FindLastIndex(offset => offset < parsed.Length) + index;
            found.Add(new JsonFragment(parsed.Root, index + 1, last + 1, parsed.IsCutShort));
            index = last;
        }

        return found;
    }

    private static string Head(string line) => EvidenceDocument.Unquote(line.Length > 200 ? line[..200] : line);

    private static (string Text, List<int> Offsets) Join(string[] lines, int from)
    {
        var text = new StringBuilder();
        var offsets = new List<int>();
        foreach (var line in lines.Skip(from))
        {
            offsets.Add(text.Length);
            text.Append(EvidenceDocument.Unquote(line)).Append('\n');
        }

        return (text.ToString(), offsets);
    }

    private static (JsonElement Root, int Length, bool IsCutShort)? Parse(string text, out string message)
    {
        // A first go at the text as it is, then without the line ends that mail put into strings, then with the end that is missing.
        if (TryParse(text, out message) is { } whole)
        {
            return (whole.Root, whole.Length, false);
        }

        if (!Known().IsMatch(text))
        {
            return null;
        }

        var (joined, closed) = Repair(text);
        if (TryParse(joined, out _) is { } repaired)
        {
            return (repaired.Root, Math.Min(text.Length, repaired.Length), false);
        }

        return closed is not null && TryParse(closed, out _) is { } cut ? (cut.Root, text.Length, true) : null;
    }

    private static (JsonElement Root, int Length)? TryParse(string text, out string message)
    {
        message = "";
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var reader = new Utf8JsonReader(bytes, Options);
            using var document = StrangersJson.Parse(ref reader);
            return (document.RootElement.Clone(), Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed)));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            message = exception.Message;
            return null;
        }
    }

    /// <summary>The text with blanks for line ends in strings, and the text up to its last whole member with the brackets closed.</summary>
    private static (string Joined, string? Closed) Repair(string text)
    {
        var joined = new StringBuilder(text.Length);
        var open = new Stack<char>();
        var (inString, whole, wholeDepth) = (false, 0, "");
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            joined.Append(inString && character == '\n' ? ' ' : character);
            if (inString)
            {
                if (character == '\\' && index + 1 < text.Length)
                {
                    joined.Append(text[++index]);
                }

                inString = character != '"';
                continue;
            }

            switch (character)
            {
                case '"':
                    inString = true;
                    break;
                case '{' or '[':
                    open.Push(character == '{' ? '}' : ']');
                    break;
                case '}' or ']' when open.Count > 0:
                    open.Pop();
                    (whole, wholeDepth) = (joined.Length, string.Concat(open.Take(64)));
                    break;
            }

            if (open.Count == 0 && whole > 0)
            {
                break;
            }
        }

        return (joined.ToString(), whole > 0 && wholeDepth.Length > 0 ? string.Concat(joined.ToString(0, whole), wholeDepth) : null);
    }

    [GeneratedRegex("^[\\[{]\\s*($|[\"\\[{}\\]])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening();

    [GeneratedRegex("\"(finding|scanResult|server_scan_results|accepted_targets|entries)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Known();
}
