using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace AutoDetectSim.Testing.Tests.Packages;

/// <summary>What users get: packages, the tool, and the samples that see nothing else.</summary>
[Trait("Needs", "tools")]
public sealed class PackageTests(PackedProduct product) : IClassFixture<PackedProduct>
{
    private static readonly string[] Libraries = ["AutoDetectSim", "AutoDetectSim.Certificates", "AutoDetectSim.Documents", "AutoDetectSim.Exchange", "AutoDetectSim.Network", "AutoDetectSim.Protocols", "AutoDetectSim.Scenarios", "AutoDetectSim.Testing", "AutoDetectSim.Testing.XunitV2", "AutoDetectSim.Tls"];

    [Fact]
    public void Every_package_has_what_belongs_into_it()
    {
        var packages = Directory.GetFiles(product.Packages, "*.nupkg").Select(Path.GetFileNameWithoutExtension).ToList();
        var version = packages.First(name => name!.StartsWith("AutoDetectSim.Cli.", StringComparison.Ordinal))!["AutoDetectSim.Cli.".Length..];
        Assert.Equal([.. Libraries.Append("AutoDetectSim.Cli").Select(name => $"{name}.{version}").Order(StringComparer.Ordinal)], packages.Order(StringComparer.Ordinal));
        foreach (var name in packages)
        {
            using var package = ZipFile.OpenRead(Path.Combine(product.Packages, name + ".nupkg"));
            var metadata = Metadata(package);
            string? Text(string element) => metadata.Elements().FirstOrDefault(child => child.Name.LocalName == element)?.Value;
            Assert.Equal(("MIT", "README.md"), (Text("license"), Text("readme")));
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.True(Text("description")!.Length > 40, name);
            using var symbols = ZipFile.OpenRead(Path.Combine(product.Packages, name + ".snupkg"));
            foreach (var assembly in package.Entries.Where(entry => entry.Name.StartsWith("AutoDetectSim", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
            {
                Assert.NotNull(package.GetEntry(assembly.FullName[..^4] + ".xml"));
                Assert.NotNull(symbols.GetEntry(assembly.FullName[..^4] + ".pdb"));
                var content = Content(assembly);
                Assert.False(Contains(content, Tool.RepositoryRoot), $"{name}: {assembly.FullName} holds the path of the folder that it was built in.");
                Assert.True(IsDeterministic(content), $"{name}: {assembly.FullName} is not built deterministically.");
            }

            foreach (var sibling in metadata.Descendants().Where(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value.StartsWith("AutoDetectSim", StringComparison.Ordinal)))
            {
                Assert.Equal($"[{version}]", sibling.Attribute("version")!.Value);
            }
        }
    }

    [Fact]
    public async Task The_tool_runs_from_any_folder_and_has_scenarios_and_lessons_with_it()
    {
        var folder = product.NewFolder("elsewhere");
        var detect = await product.RunAsync(folder, "autodetectsim", "detect", "your@contoso.com", "--scenario", "one-in-twenty", "--attempts", "200", "--json");
        Assert.True(detect.ExitCode == 1, detect.ToString());
        Assert.Equal(10, Json(detect).GetProperty("successes").GetInt32());
        var scenarios = await product.RunAsync(folder, "autodetectsim", "scenarios", "--json");
        Assert.Equal(AutoDetectLab.Library, Json(scenarios).EnumerateArray().Select(scenario => scenario.GetProperty("id").GetString()!));
        var lessons = await product.RunAsync(folder, "autodetectsim", "learn", "list", "--json", "--data", product.NewFolder("progress"));
        Assert.Contains("one-in-twenty", Json(lessons).GetProperty("lessons").EnumerateArray().Select(lesson => lesson.GetProperty("name").GetString()));
        var test = await product.RunAsync(folder, "autodetectsim", "test", "chains/self-signed");
        Assert.True(test.ExitCode == 0, test.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task The_sample_builds_and_passes_with_the_packages_alone()
    {
        var test = await product.RunAsync(product.Checkout, "dotnet", "test", "samples/ChainProbe.Tests");
        Assert.True(test.ExitCode == 0, test.ToString());
        Assert.Contains("Passed!", test.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("getting-started.md")]
    [InlineData("guides/reproduce-an-issue.md")]
    [InlineData("guides/test-a-probe.md")]
    [InlineData("guides/write-a-scenario.md")]
    public async Task A_guide_can_be_followed_as_it_is_written(string guide) => await GuideReader.FollowAsync(product, guide);

    private static XElement Metadata(ZipArchive package)
    {
        using var stream = package.Entries.First(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().First();
    }

    private static JsonElement Json(ToolResult result)
    {
        Assert.True(result.Output.StartsWith('{') || result.Output.StartsWith('['), result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static bool Contains(byte[] content, string text) =>
        content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    /// <summary>Whether the compiler said that the same sources make the same file, byte by byte.</summary>
    private static bool IsDeterministic(byte[] assembly)
    {
        using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(assembly));
        return image.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }
}
