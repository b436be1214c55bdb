using AutoDetectSim.FunctionalTests.Pages;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.BeingTheHost;

/// <summary>
/// The computer of the page's reader: a folder with the page's files, the programs on the path, the lab of the page and its variables. The home folder is a temporary one, so that no tool leaves anything behind.
/// </summary>
public sealed class HostPageComputer : IAsyncLifetime
{
    /// <summary>A line before what each example prints.</summary>
    public const string Separator = "-- next example --";

    private readonly TemporaryFolder _directory = new();
    private readonly Dictionary<string, string> _environment = [];
    private LabProcess? _lab;

    public async ValueTask InitializeAsync()
    {
        var programs = Directory.CreateDirectory(Path.Combine(_directory.Path, "programs")).FullName;
        var home = Directory.CreateDirectory(Path.Combine(_directory.Path, "home")).FullName;
        foreach (var file in HostPage.Blocks.Where(block => block.IsFile))
        {
            _directory.Write(file.Info, file.Text);
        }

        Program("autodetectsim", $"exec dotnet '{Tool.CommandAssembly}' \"$@\"");
        Program("as-the-host.sh", $"exec sh '{Path.Combine(Tool.RepositoryRoot, "docs", "being-the-host", "as-the-host.sh")}' \"$@\"");
        Program("pwsh", $"exec '{await PowerShell.Program.Value}' \"$@\"");
        Program("python3", $"exec '{await PythonAsync(home)}' \"$@\"");

        // In containers Chromium has no sandbox; what it writes to its log is not for readers.
        Program("chromium", $"exec '{Browser.Find()}' --no-sandbox \"$@\" 2> /dev/null");
        Program("sudo", "exec \"$@\"");
        File.Copy(Tool.ThroughTheGateway, Path.Combine(_directory.Path, "through-the-gateway.cjs"));

        _lab = await LabProcess.StartAsync(HostPage.LabArguments[1], HostPage.LabArguments[2..]);
        _environment["PATH"] = string.Join(Path.PathSeparator, programs, await Node24.FolderAsync(), Environment.GetEnvironmentVariable("PATH"));
        _environment["HOME"] = home;
        _environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        _environment[LabProcess.DataVariable] = _lab.DataFolder;

        void Program(string name, string line)
        {
            var path = Path.Combine(programs, name);
            File.WriteAllText(path, "#!/bin/sh\n" + line + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>Runs a script for sh; standard error is in its output, as at a terminal.</summary>
    public Task<ToolResult> RunAsync(string script, TimeSpan limit) => Tool.RunAsync(
        "sh",
        ["-s"],
        "exec 2>&1\nunset HTTPS_PROXY https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy NO_PROXY no_proxy\n" + $"cd '{_directory.Path}'\n{HostPage.Variables}\n{{\n{script}}}\n",
        _environment,
        limit);

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }

        _directory.Dispose();
    }

    /// <summary>A Python that has requests: where one of the user's own comes first on the path, Debian's packages belong to the one of the system.</summary>
    private static async Task<string> PythonAsync(string home)
    {
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            var result = await Tool.RunAsync(python, ["-c", "import requests, sys; print(sys.executable)"], environment: new Dictionary<string, string> { ["HOME"] = home });
            if (result.ExitCode == 0)
            {
                return result.Output.Trim();
            }
        }

        throw new InvalidOperationException("The tests need Python with requests. The README says how to install it.");
    }
}
