using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Tests.Reference;

/// <summary>Holds the worst patterns of translated English off everything that a user reads: strings and XML docs in code, and prose in Markdown.</summary>
public sealed partial class StyleTests
{
    /// <summary>The allow-list: a count, a pattern and a file on each line. Counts may only shrink.</summary>
    private static readonly string AllowList = Path.Combine(Tool.RepositoryRoot, "tests", "AutoDetectSim.Cli.Tests", "Reference", "style-allowed.txt");

    /// <summary>What is searched: a folder with all that is below it, or a file.</summary>
    private static readonly string[] Areas =
    [
        "src/AutoDetectSim.Cli",
        "src/AutoDetectSim.Regression",
        "src/AutoDetectSim.Training",
        "src/AutoDetectSim.Web",
        "src/AutoDetectSim.Diagnosis/Reports",
        "src/AutoDetectSim.Diagnosis/Explaining",
        "src/AutoDetectSim.Diagnosis/WhatIf",
        "src/AutoDetectSim.Diagnosis/Probing",
        "src/AutoDetectSim.Diagnosis/Observing",
        "src/AutoDetectSim.Documents/README.md",
        "src/AutoDetectSim.Testing/README.md",
        "src/AutoDetectSim.Testing.XunitV2/README.md",
        "src/AutoDetectSim/README.md",
        "src/AutoDetectSim.Certificates/README.md",
        "src/AutoDetectSim.Tls/README.md",
        "src/AutoDetectSim.Protocols/README.md",
        "src/AutoDetectSim.Scenarios/README.md",
        "README.md",
        "CHANGELOG.md",
        "docs/README.md",
        "docs/getting-started.md",
        "docs/lessons.md",
        "docs/lessons",
        "docs/regress.md",
        "docs/console.md",
        "docs/control.md",
        "docs/changes.md",
        "docs/adapters.md",
        "docs/commands.md",
        "docs/being-the-host.md",
        "docs/fidelity.md",
        "docs/guides",
        "scenarios/README.md",
    ];

    /// <summary>A pattern by its name in the allow-list.</summary>
    private static readonly (string Name, Regex Pattern)[] Patterns =
    [
        ("is-no", IsNo()),
        ("stands-in", StandsIn()),
        ("comes-of", ComesOf()),
        ("is-told", IsTold()),
        ("of-its-own", OfItsOwn()),
        ("so-that", SoThat()),
        ("nobody", Nobody()),
    ];

    [Fact]
    public void Texts_avoid_patterns_of_translated_English_except_where_the_shrinking_list_allows_them()
    {
        var found = Found();
        var allowed = Allowed();
        var more = found.Where(one => one.Value.Count > allowed.GetValueOrDefault(one.Key))
            .Select(one => $"{one.Key.File}: `{one.Key.Pattern}` {one.Value.Count} times, allowed {allowed.GetValueOrDefault(one.Key)}:\n{string.Join('\n', one.Value)}").ToList();
        Assert.True(more.Count == 0, string.Join('\n', more));
        GeneratedFile.AssertIs(AllowList, string.Concat(found.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value.Count} {one.Key.Pattern} {one.Key.File}\n"))));
    }

    [Fact]
    public void Every_area_exists() => Assert.All(Areas, area => Assert.True(Path.Exists(Path.Combine(Tool.RepositoryRoot, area)), area));

    [Theory]
    [InlineData("a.cs", "    Fail(\"This is no YAML\");", "is-no")]
    [InlineData("a.cs", "    // This is no YAML", "")]
    [InlineData("a.cs", "    /// <summary>It stands in for nobody.</summary>", "stands-in nobody")]
    [InlineData("a.cs", "    var isNobody = somebody.Name;", "")]
    [InlineData("a.md", "What comes of it is told here, so that nobody asks.", "comes-of is-told so-that nobody")]
    [InlineData("a.md", "A network of its own.", "of-its-own")]
    [InlineData("a.md", "This is not YAML.", "")]
    public void A_line_is_searched_where_a_user_reads_it(string file, string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Patterns.Where(one => one.Pattern.IsMatch(Read(file, line))).Select(one => one.Name)));

    private static List<KeyValuePair<(string File, string Pattern), List<string>>> Found()
    {
        var found = new List<KeyValuePair<(string File, string Pattern), List<string>>>();
        foreach (var file in Areas.SelectMany(Files))
        {
            var lines = File.ReadAllLines(Path.Combine(Tool.RepositoryRoot, file));
            foreach (var (name, pattern) in Patterns)
            {
                var matches = lines.Index().SelectMany(line => pattern.Matches(Read(file, line.Item)).Select(_ => string.Create(CultureInfo.InvariantCulture, $"  {line.Index + 1}: {line.Item.Trim()}"))).ToList();
                if (matches.Count > 0)
                {
                    found.Add(KeyValuePair.Create((file, name), matches));
                }
            }
        }

        return [.. found.OrderBy(one => one.Key.File, StringComparer.Ordinal).ThenBy(one => one.Key.Pattern, StringComparer.Ordinal)];
    }

    private static Dictionary<(string File, string Pattern), int> Allowed() => File.ReadAllLines(AllowList)
        .Select(line => line.Split(' ', 3))
        .ToDictionary(parts => (parts[2], parts[1]), parts => int.Parse(parts[0], CultureInfo.InvariantCulture));

    private static IEnumerable<string> Files(string area)
    {
        var path = Path.Combine(Tool.RepositoryRoot, area);
        return (File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".md"))
            .Select(file => Path.GetRelativePath(Tool.RepositoryRoot, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
    }

    /// <summary>What a user reads of a line: all of Markdown, and of code its strings and XML docs.</summary>
    private static string Read(string file, string line)
    {
        var code = line.TrimStart();
        return file.EndsWith(".md", StringComparison.Ordinal) || code.StartsWith("///", StringComparison.Ordinal) ? line
            : code.StartsWith("//", StringComparison.Ordinal) ? string.Empty
            : string.Join(' ', Text().Matches(line).Select(match => match.Value));
    }

    [GeneratedRegex(@"(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsNo();

    [GeneratedRegex(@"\b(?:stands?|standing) (?:in|for|where|there|here|alone|together|beside|below|under|at)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StandsIn();

    [GeneratedRegex(@"\bwhat (?:comes|came|becomes|became) of\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ComesOf();

    [GeneratedRegex(@"\b(?:is|are|be|been) told\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsTold();

    [GeneratedRegex(@"\bof (?:its|their|his|your|one's) own\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OfItsOwn();

    [GeneratedRegex(@"\bso that\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SoThat();

    [GeneratedRegex(@"\b(?:nobody|somebody|anybody|everybody)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Nobody();

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Text();
}
