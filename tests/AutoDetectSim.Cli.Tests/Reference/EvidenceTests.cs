using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Tests.Reference;

/// <summary>docs/evidence.md against every key, such as [SEED], that the repository cites.</summary>
public sealed partial class EvidenceTests
{
    private static readonly string Page = Path.Combine(Tool.RepositoryRoot, "docs", "evidence.md");

    private static readonly IReadOnlyList<(string File, int Line, string Text)> Lines = [.. Files().SelectMany(Read)];

    [Fact]
    public void Every_key_that_is_cited_is_defined()
    {
        var defined = Defined().ToHashSet(StringComparer.Ordinal);
        AssertNone(Cited().Where(cited => !defined.Contains(cited.Key)).Select(cited => $"{cited.File}:{cited.Line}: [{cited.Key}] is not defined in docs/evidence.md."));
    }

    [Fact]
    public void Every_key_that_is_defined_is_cited()
    {
        AssertNone(Defined().Except(Cited().Select(one => one.Key), StringComparer.Ordinal).Select(key => $"docs/evidence.md defines [{key}], which is cited nowhere."));
    }

    [Fact]
    public void Every_key_is_defined_once()
    {
        Assert.True(Defined().Count() > 40);
        Assert.Equal(Defined().Distinct(StringComparer.Ordinal), Defined());
    }

    [Fact]
    public void Every_symptom_has_its_evidence()
    {
        var listed = Lines.Where(line => line.File == Page).Select(line => ListedSymptom().Match(line.Text)).Where(match => match.Success).Select(match => match.Groups["id"].Value).ToList();
        var named = Lines.Where(line => line.File != Page && line.File.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(line => Symptom().Matches(line.Text)).Select(match => match.Groups["id"].Value);
        Assert.Equal(named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), listed);
    }

    [Theory]
    [InlineData("protocol")]
    [InlineData("validator")]
    [InlineData("anchors")]
    [InlineData("design")]
    public void Nothing_cites_notes_that_users_do_not_have(string note) =>
        AssertNone(Lines.Where(line => line.Text.Contains($"{note}.md", StringComparison.Ordinal)).Select(line => $"{Relative(line.File)}:{line.Line}: cite a key of docs/evidence.md instead of {note}.md."));

    private static void AssertNone(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }

    private static string Relative(string file) => Path.GetRelativePath(Tool.RepositoryRoot, file).Replace('\\', '/');

    private static IEnumerable<string> Defined() =>
        Lines.Where(line => line.File == Page).Select(line => Definition().Match(line.Text)).Where(match => match.Success).Select(match => match.Groups["key"].Value);

    private static IEnumerable<(string Key, string File, int Line)> Cited() =>
        from line in Lines
        from key in Key().Matches(Prose(line.File, line.Text)).Select(match => match.Groups["key"].Value)
        select (key, Relative(line.File), line.Line);

    /// <summary>The part of a line that people wrote for people: brackets mean other things in code, and in what programs print and take.</summary>
    private static string Prose(string file, string text)
    {
        if (Path.GetExtension(file) is ".md" or ".json")
        {
            return CodeSpan().Replace(file == Page ? Definition().Replace(text, "") : text, "");
        }

        return text.Contains("usage:", StringComparison.Ordinal) ? "" : CodeElement().Replace(Comment().Match(text).Value, "") + OnlyAKey().Match(text).Value;
    }

    private static IEnumerable<string> Files() =>
        ((string[])["src", "certs-gen", "docs", "scenarios", "adapters", "packs", "samples", "tests"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Tool.RepositoryRoot, "*.md"))
            .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".json" or ".yaml" or ".sh" or ".js" or ".mjs" or ".cjs" or ".py" or ".c" or ".csproj")
            .Where(file => !BuildOutput().IsMatch(Relative(file)))
            .Where(file => Path.GetFileName(file) != "EvidenceTests.cs");

    /// <summary>The lines of a file; what a page shows in fences counts as code.</summary>
    private static IEnumerable<(string File, int Line, string Text)> Read(string file)
    {
        var fenced = false;
        var number = 0;
        foreach (var text in File.ReadLines(file))
        {
            number++;
            var fence = file.EndsWith(".md", StringComparison.Ordinal) && text.TrimStart().StartsWith("```", StringComparison.Ordinal);
            fenced ^= fence;
            if (!fenced && !fence)
            {
                yield return (file, number, text);
            }
        }
    }

    [GeneratedRegex(@"\[(?<key>[A-Z][A-Z0-9]+|[A-Z][A-Z0-9]*(-[A-Z0-9]+)+)\](?!\()", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\| \[(?<key>[A-Z][A-Z0-9-]+)\] \|", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^\| (?<id>F\d\d) \|", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ListedSymptom();

    [GeneratedRegex(@"(new\(""|// |, )(?<id>F\d\d)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Symptom();

    [GeneratedRegex("`[^`]*`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex("<c>.*?</c>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodeElement();

    [GeneratedRegex("(//|# ).*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"""\[[A-Z][A-Z0-9-]+\]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OnlyAKey();

    [GeneratedRegex("(^|/)(bin|obj|node_modules|artifacts|TestResults|BenchmarkDotNet.Artifacts)/", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BuildOutput();
}
