namespace AutoDetectSim.Web.Tests;

/// <summary>The scripts of the console: one that cannot be read leaves every page empty, without a word.</summary>
[Trait("Needs", "tools")]
public sealed class ScriptTests
{
    private static readonly string Folder = Path.Combine(Tool.RepositoryRoot, "src", "AutoDetectSim.Web", "assets");

    public static TheoryData<string> Scripts() => [.. Directory.GetFiles(Folder, "*.js").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_can_be_read(string name)
    {
        var result = await Tool.RunAsync("node", ["--check", "--input-type=module"], await File.ReadAllTextAsync(Path.Combine(Folder, name), TestContext.Current.CancellationToken));

        Assert.True(result.ExitCode == 0, $"{name}: {result.Error}");
    }
}
