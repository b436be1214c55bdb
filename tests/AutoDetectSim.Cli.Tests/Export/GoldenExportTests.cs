using AutoDetectSim.Cli.Export;

namespace AutoDetectSim.Cli.Tests.Export;

/// <summary>One scenario exported, as files to read in review, without those that have keys in them. With AUTODETECTSIM_UPDATE=1 they are written anew.</summary>
public sealed class GoldenExportTests
{
    private static readonly string Folder = Path.Combine(Tool.RepositoryRoot, "tests", "AutoDetectSim.Cli.Tests", "Export", "golden");

    [Fact]
    public void The_export_of_one_of_two_to_Kubernetes_is_as_reviewed() => AssertIs("kubernetes", Exported.Kubernetes("one-of-two"));

    [Fact]
    public void The_export_of_one_of_two_to_Compose_is_as_reviewed() => AssertIs("compose", Exported.Compose("one-of-two"));

    private static void AssertIs(string name, IReadOnlyList<ExportFile> files)
    {
        var folder = Path.Combine(Folder, name);
        var expected = files.Where(file => !file.IsSecret && !Exported.Pki.Any(pki => file.Path.EndsWith("/" + pki.Path, StringComparison.Ordinal))).ToDictionary(file => file.Path, file => System.Text.Encoding.UTF8.GetString(file.Content), StringComparer.Ordinal);
        if (GeneratedFile.IsUpdate)
        {
            foreach (var path in expected.Keys)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            }

            foreach (var path in Present(folder).Where(path => !expected.ContainsKey(path)))
            {
                File.Delete(Path.Combine(folder, path));
            }
        }

        Assert.All(expected, file => GeneratedFile.AssertIs(Path.Combine(folder, file.Key), file.Value));
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), Present(folder).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Present(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')) : [];
}
