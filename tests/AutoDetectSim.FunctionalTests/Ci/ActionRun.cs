namespace AutoDetectSim.FunctionalTests.Ci;

/// <summary>Runs the shell part of the GitHub action as a runner does, with inputs in variables.</summary>
internal sealed class ActionRun : IDisposable
{
    private static readonly string[] Inputs = ["COMMAND", "PATHS", "ADAPTER", "PACKS", "TOOL", "ALLOW_KNOWN", "JUNIT", "REPORT"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder in which the action runs.</summary>
    public string Workspace => Directory.CreateDirectory(Path.Combine(_folder.Path, "work space")).FullName;

    /// <summary>The outputs of the last run.</summary>
    public string Outputs => File.ReadAllText(OutputFile);

    public static string ActionFolder => Path.Combine(Tool.RepositoryRoot, ".github", "actions", "autodetectsim");

    private string OutputFile => Path.Combine(_folder.Path, "output");

    private string ArgumentsFile => Path.Combine(_folder.Path, "arguments");

    /// <summary>Runs it with the real program.</summary>
    public Task<ToolResult> RunAsync(params (string Name, string Value)[] inputs) => RunAsync(Environment.GetEnvironmentVariable("PATH")!, inputs);

    /// <summary>Runs it with a program that notes its arguments, and returns them without the path of the command.</summary>
    public async Task<(ToolResult Result, IReadOnlyList<string> Arguments)> NoteAsync(int exitCode, params (string Name, string Value)[] inputs)
    {
        var programs = Directory.CreateDirectory(Path.Combine(_folder.Path, "programs")).FullName;
        var dotnet = Path.Combine(programs, "dotnet");
        await File.WriteAllTextAsync(dotnet, $"#!/bin/sh\nfor argument; do printf '%s\\0' \"$argument\"; done > '{ArgumentsFile}'\nexit {exitCode}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Delete(ArgumentsFile);
        var result = await RunAsync(programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"), inputs);
        IReadOnlyList<string> arguments = File.Exists(ArgumentsFile) ? [.. (await File.ReadAllTextAsync(ArgumentsFile)).Split('\0', StringSplitOptions.None).SkipLast(1).Skip(1)] : [];
        return (result, arguments);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolResult> RunAsync(string path, (string Name, string Value)[] inputs)
    {
        var environment = Inputs.ToDictionary(name => "ADS_" + name, _ => "", StringComparer.Ordinal);
        environment["ADS_COMMAND"] = "test";
        environment["ADS_ALLOW_KNOWN"] = "false";
        foreach (var (name, value) in inputs)
        {
            Assert.Contains("ADS_" + name, environment);
            environment["ADS_" + name] = value;
        }

        environment["PATH"] = path;
        environment["GITHUB_ACTION_PATH"] = ActionFolder;
        environment["GITHUB_OUTPUT"] = OutputFile;
        File.WriteAllText(OutputFile, "");
        return Tool.RunAsync("bash", [Path.Combine(ActionFolder, "run.sh")], environment: environment, workingDirectory: Workspace);
    }
}
