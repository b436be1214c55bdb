using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Tests.Reference;

public sealed partial class DocumentationTests
{
    private static readonly string Documentation = Path.Combine(Tool.RepositoryRoot, "docs");

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Documentation, "*.md", SearchOption.AllDirectories).Concat(Directory.GetFiles(Tool.RepositoryRoot, "*.md"))
            .Append(Path.Combine(Tool.RepositoryRoot, "samples", "README.md")).Append(Path.Combine(Tool.RepositoryRoot, "scenarios", "README.md"))
            .Select(page => Path.GetRelativePath(Tool.RepositoryRoot, page).Replace('\\', '/')),
    ];

    [Fact]
    public void Every_page_is_found_from_the_index()
    {
        var linked = Links(Path.Combine(Documentation, "README.md")).Select(link => link.File).ToHashSet(StringComparer.Ordinal);
        var pages = Directory.GetFiles(Documentation, "*.md", SearchOption.AllDirectories)
            .Where(page => Path.GetFileName(page) != "README.md" && Path.GetFileName(Path.GetDirectoryName(page)) != "errors");
        Assert.All(pages, page => Assert.Contains(page, linked));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        var broken = Links(Path.Combine(Tool.RepositoryRoot, page))
            .Where(link => !Path.Exists(link.File) || (link.Heading.Length > 0 && !Headings(link.File).Contains(link.Heading, StringComparer.Ordinal)))
            .Select(link => link.Written);
        Assert.Empty(broken);
    }

    private static IEnumerable<(string Written, string File, string Heading)> Links(string page)
    {
        foreach (var written in Link().Matches(Fenced().Replace(File.ReadAllText(page), string.Empty)).Select(match => match.Groups["target"].Value).Where(target => !target.Contains(':', StringComparison.Ordinal)))
        {
            var parts = written.Split('#', 2);
            yield return (written, parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0])), parts.Length == 2 ? parts[1] : "");
        }
    }

    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    private static IEnumerable<string> Headings(string page) =>
        Heading().Matches(File.ReadAllText(page)).Select(match => NoAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    /// <summary>What programs print holds no links of the page.</summary>
    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fenced();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoAnchor();
}
