namespace AutoDetectSim.Testing.Tests.Packages;

/// <summary>
/// The packages, made from what has been built, in a folder that looks like a checkout to its users; with a package cache of their
/// own, so that nothing older of the same version is taken.
/// </summary>
public sealed class PackedProduct : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("autodetectsim-packages-");

    /// <summary>Stands for the folder of the checkout.</summary>
    public string Checkout => Path.Combine(_directory.FullName, "AutoDetectSim");

    /// <summary>The folder with the packages.</summary>
    public string Packages => Path.Combine(Checkout, "artifacts", "packages");

    /// <summary>What every program is told besides.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NUGET_PACKAGES"] = Path.Combine(_directory.FullName, "cache"),
        ["AUTODETECTSIM_DATA"] = Path.Combine(_directory.FullName, "data"),
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",

        // No compiler and no build node stays behind when the tests are over.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["PATH"] = Tools + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"),
    };

    private string Tools => Path.Combine(_directory.FullName, "tools");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Packs, and installs the tool.</summary>
    public async ValueTask InitializeAsync()
    {
        await SucceedAsync(Tool.RepositoryRoot, "dotnet", "pack", "AutoDetectSim.sln", "--no-build", "-c", Configuration, "-o", Packages);
        CopySamples(new DirectoryInfo(Path.Combine(Tool.RepositoryRoot, "samples")), Path.Combine(Checkout, "samples"));
        var config = Path.Combine(_directory.FullName, "packed.config");
        await File.WriteAllTextAsync(config, $"<configuration><packageSources><clear /><add key=\"packed\" value=\"{Packages}\" /></packageSources></configuration>");
        await SucceedAsync(_directory.FullName, "dotnet", "tool", "install", "AutoDetectSim.Cli", "--tool-path", Tools, "--configfile", config);
    }

    /// <summary>A folder that nothing else uses.</summary>
    public string NewFolder(string name) => _directory.CreateSubdirectory(name).FullName;

    /// <summary>The path of a program: the installed tool for <c>autodetectsim</c>.</summary>
    public string ProgramOf(string name) => name == "autodetectsim" ? Path.Combine(Tools, OperatingSystem.IsWindows() ? "autodetectsim.exe" : "autodetectsim") : name;

    /// <summary>Runs a program.</summary>
    public Task<ToolResult> RunAsync(string folder, string program, params IReadOnlyList<string> arguments) =>
        RunAsync(folder, program, arguments, variables: new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Runs a program with more variables.</summary>
    public Task<ToolResult> RunAsync(string folder, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables) =>
        Tool.RunAsync(ProgramOf(program), arguments, environment: Environment.Concat(variables).ToDictionary(StringComparer.Ordinal), limit: Patience, workingDirectory: folder);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task SucceedAsync(string folder, string program, params string[] arguments)
    {
        var result = await RunAsync(folder, program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result}");
    }

    private static void CopySamples(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in source.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(target, file.Name));
        }

        foreach (var folder in source.EnumerateDirectories().Where(folder => folder.Name is not ("bin" or "obj")))
        {
            CopySamples(folder, Path.Combine(target, folder.Name));
        }
    }
}
