using System.Text.Json;
using System.Xml.Linq;

namespace AutoDetectSim.Testing.Tests.Packages;

/// <summary>What packages are made of: locked, and listed.</summary>
public sealed class SupplyChainTests
{
    [Fact]
    public void Every_project_locks_its_packages_with_hashes()
    {
        var projects = Directory.EnumerateFiles(Tool.RepositoryRoot, "*.csproj", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Tool.RepositoryRoot, file).StartsWith("samples", StringComparison.Ordinal) && !Path.GetRelativePath(Tool.RepositoryRoot, file).StartsWith(".ci", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}", StringComparison.Ordinal))

            // NBomber is not on every feed, hence the project is not part of the solution; it asks for one version exactly.
            .Where(file => Path.GetFileName(file) != "AutoDetectSim.LoadTests.csproj")
            .ToList();
        Assert.True(projects.Count > 20);
        Assert.All(projects, project =>
        {
            var packages = Locked(project).ToList();
            Assert.NotEmpty(packages);
            Assert.All(packages, package => Assert.True(package.Hash?.Length > 80, $"{project}: {package.Name} has no hash."));
        });
    }

    [Fact]
    public void A_lock_names_the_versions_that_the_repository_asks_for()
    {
        var asked = XDocument.Load(Path.Combine(Tool.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(element => element.Attribute("Include")!.Value, element => element.Attribute("Version")!.Value, StringComparer.OrdinalIgnoreCase);

        Assert.All(Locked(Path.Combine(Tool.RepositoryRoot, "src", "AutoDetectSim.Cli", "AutoDetectSim.Cli.csproj")).Where(package => package.IsDirect), package => Assert.Equal((package.Name, asked[package.Name]), (package.Name, package.Version)));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_list_of_the_command_names_every_package_that_its_lock_names()
    {
        using var folder = new TemporaryFolder();
        var file = folder.In("list.json");
        var project = Path.Combine("src", "AutoDetectSim.Cli", "AutoDetectSim.Cli.csproj");
        foreach (var (program, arguments) in ((string, string[])[])[("dotnet", ["tool", "restore"]), ("bash", [".ci/sbom", project, "1.2.3", file])])
        {
            var result = await Tool.RunAsync(program, arguments, limit: TimeSpan.FromMinutes(5));
            Assert.True(result.ExitCode == 0, result.ToString());
        }

        using var list = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("CycloneDX", list.RootElement.GetProperty("bomFormat").GetString());
        Assert.Equal("pkg:nuget/AutoDetectSim.Cli@1.2.3", list.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("purl").GetString());
        var listed = list.RootElement.GetProperty("components").EnumerateArray().ToList();
        var packages = listed.Where(component => component.GetProperty("name").GetString() is not "certs-gen" and { } name && !name.StartsWith("AutoDetectSim", StringComparison.Ordinal)).ToList();
        var names = packages.Select(component => component.GetProperty("purl").GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(Locked(Path.Combine(Tool.RepositoryRoot, project)).Select(NameOf), name => !names.Contains(name));

        // The packages that the libraries are only built with are in their own locks.
        var locked = Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories).SelectMany(Locked).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(names, name => !locked.Contains(name));
        Assert.All(packages, component => Assert.Equal("SHA-512", component.GetProperty("hashes")[0].GetProperty("alg").GetString()));
        Assert.Contains(listed, component => component.GetProperty("purl").GetString() == "pkg:nuget/AutoDetectSim.Tls@0.1.0");
    }

    private static string NameOf(Package package) => $"pkg:nuget/{package.Name}@{package.Version}";

    private static IEnumerable<Package> Locked(string project)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")));
        var frameworks = locked.RootElement.GetProperty("dependencies").EnumerateObject().ToList();
        Assert.Equal("net10.0", Assert.Single(frameworks).Name);
        foreach (var package in frameworks[0].Value.EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() != "Project"))
        {
            yield return new Package(package.Name, package.Value.GetProperty("resolved").GetString()!, package.Value.TryGetProperty("contentHash", out var hash) ? hash.GetString() : null, package.Value.GetProperty("type").GetString() == "Direct");
        }
    }

    private sealed record Package(string Name, string Version, string? Hash, bool IsDirect);
}
