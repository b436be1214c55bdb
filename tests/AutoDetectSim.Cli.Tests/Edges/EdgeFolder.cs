namespace AutoDetectSim.Cli.Tests.Edges;

/// <summary>A folder in which a shell script runs the command as a user would: <c>dotnet "$CLI"</c>.</summary>
internal sealed class EdgeFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edges-");

    public string Path => _folder.FullName;

    /// <summary>Runs a script of bash in the folder.</summary>
    public Task<ToolResult> BashAsync(string script) => Tool.RunAsync(
        "bash",
        ["-c", script],
        environment: new Dictionary<string, string> { ["CLI"] = Tool.CommandAssembly, ["DOTNET_EnableDiagnostics"] = "0" },
        limit: TimeSpan.FromMinutes(4),
        workingDirectory: Path);

    public void Dispose() => _folder.Delete(recursive: true);
}
