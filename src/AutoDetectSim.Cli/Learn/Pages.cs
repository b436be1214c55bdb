using System.Text.RegularExpressions;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Learn;

/// <summary>The documentation that the command carries along, for terminals.</summary>
internal static partial class Pages
{
    private const string Extension = ".md";
    private static readonly EmbeddedFolder Folder = new(typeof(Pages).Assembly, "docs");

    /// <summary>The names of all pages, for example <c>errors/ECONNRESET</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Folder.Files.Where(file => file.EndsWith(Extension, StringComparison.Ordinal)).Select(file => file[..^Extension.Length])];

    /// <summary>The page of a name, of a path such as <c>docs/errors/ECONNRESET.md</c>, or of the last part of a name; null for none, or several.</summary>
    public static string? Find(string name)
    {
        var wanted = Bare(name);
        return Names.FirstOrDefault(page => string.Equals(page, wanted, StringComparison.OrdinalIgnoreCase))
            ?? (Names.Where(page => page.EndsWith("/" + wanted, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : null);
    }

    /// <summary>The title of a page.</summary>
    public static string TitleOf(string page) => Text(page).Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? page;

    /// <summary>The text of a page, with links as a terminal can follow them.</summary>
    public static string Read(string page) => ForTerminal(Text(page), page.LastIndexOf('/') is >= 0 and var slash ? page[..slash] : string.Empty);

    /// <summary>The names of a page's sections, as links have them after <c>#</c>.</summary>
    public static IReadOnlyList<string> SectionsOf(string page) => [.. Headings(Text(page).Split('\n')).Select(heading => heading.Anchor)];

    /// <summary>One section of a page, up to the next heading of its rank; null if the page has no such section.</summary>
    /// <param name="page">The page.</param>
    /// <param name="section">The section, as links have it after <c>#</c>.</param>
    public static string? Read(string page, string section)
    {
        var lines = Read(page).Split('\n');
        var headings = Headings(lines);
        var at = headings.FindIndex(heading => string.Equals(heading.Anchor, section, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return null;
        }

        var next = headings.FindIndex(at + 1, heading => heading.Rank <= headings[at].Rank);
        return string.Join('\n', lines[headings[at].Line..(next < 0 ? lines.Length : headings[next].Line)]);
    }

    /// <summary>Text in Markdown whose links are written out: to pages as commands, to the web as addresses.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="folder">The folder of the page that it is from, below docs; null for a text from elsewhere.</param>
    public static string ForTerminal(string markdown, string? folder) => Link().Replace(markdown, match =>
    {
        var (text, target) = (match.Groups["text"].Value, match.Groups["target"].Value);
        if (target.Contains("://", StringComparison.Ordinal))
        {
            return $"{text} <{target}>";
        }

        var (path, section) = target.Split('#') is [var before, { Length: > 0 } anchor] ? (before, "#" + anchor) : (target, string.Empty);
        return PageOf(path, folder) is not { } page ? text
            : text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? $"`autodetectsim learn read {page}{section}`"
            : $"{text} (autodetectsim learn read {page}{section})";
    });

    /// <summary>The headings of a page with the anchors that GitHub gives them.</summary>
    private static List<(int Line, int Rank, string Anchor)> Headings(string[] lines)
    {
        var headings = new List<(int Line, int Rank, string Anchor)>();
        var isCode = false;
        foreach (var (index, line) in lines.Index())
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && Heading().Match(line) is { Success: true } heading)
            {
                var anchor = string.Concat(heading.Groups["text"].Value.Trim().ToLowerInvariant().Where(one => char.IsLetterOrDigit(one) || one is ' ' or '-' or '_')).Replace(' ', '-');
                headings.Add((index, heading.Groups["rank"].Length, anchor));
            }
        }

        return headings;
    }

    private static string? PageOf(string target, string? folder)
    {
        if (!target.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in (folder is null ? target : $"{folder}/{target}").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not (".." or "."))
            {
                parts.Add(part);
            }
        }

        return Find(string.Join('/', parts));
    }

    private static string Bare(string name)
    {
        var page = name.Replace('\\', '/').Trim('/');
        page = page.StartsWith("docs/", StringComparison.OrdinalIgnoreCase) ? page["docs/".Length..] : page;
        return page.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? page[..^Extension.Length] : page;
    }

    private static string Text(string page) => Folder.Read(page + Extension).ReplaceLineEndings("\n");

    [GeneratedRegex("^(?<rank>#{1,6}) (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<!!)\[(?<text>[^\[\]]+)\]\((?<target>[^()\s]+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
