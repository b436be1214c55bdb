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

        return PageOf(target.Split('#')[0], folder) is not { } page ? text
            : text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? $"`autodetectsim learn read {page}`"
            : $"{text} (autodetectsim learn read {page})";
    });

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

    [GeneratedRegex(@"(?<!!)\[(?<text>[^\[\]]+)\]\((?<target>[^()\s]+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
