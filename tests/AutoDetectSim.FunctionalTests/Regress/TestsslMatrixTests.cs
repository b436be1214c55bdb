using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Regress;

/// <summary>The adapter of testssl.sh, with testssl.sh.</summary>
[Collection(AloneCollection.Name)]
public sealed class TestsslMatrixTests
{
    private static readonly string Guide = Path.Combine(Tool.RepositoryRoot, "docs", "regress.md");

    // A world takes testssl.sh ten seconds: every kind of cell of its matrix once.
    private static readonly string[] FewWorlds = ["chains/missing-intermediate", "chains/wrong-order", "activesync-host-broken"];

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_matrix_of_testssl_in_the_guide_is_what_testssl_says()
    {
        using var folder = new TemporaryFolder();
        var report = Path.Combine(folder.Path, "matrix.md");
        string[] worlds = GeneratedFile.IsUpdate ? [] : ["--pack", .. FewWorlds];

        var result = await Regress.RunAsync(["--adapter", "testssl", "--report", report, "--allow-known", .. worlds]);

        Assert.True(result.ExitCode == 0, result.ToString());
        var matrix = await RegressMatrix.ReadAsync(report);
        if (GeneratedFile.IsUpdate)
        {
            GeneratedFile.AssertPart(Guide, "testssl", matrix);
        }

        var guide = GeneratedFile.Part(Guide, "testssl").Split('\n');
        var rows = matrix.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal)).ToList();
        Assert.Equal(FewWorlds.Length, GeneratedFile.IsUpdate ? FewWorlds.Length : rows.Count(row => row.StartsWith("| ", StringComparison.Ordinal)) - 1);
        Assert.All(rows, row => Assert.Contains(row, guide));
    }
}
