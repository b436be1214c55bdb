namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>PowerShell 7, installed beside the test assembly as a .NET tool when a test first needs it.</summary>
internal static class PowerShell
{
    private const string Version = "7.6.9";

    /// <summary>The path of the program.</summary>
    public static readonly Lazy<Task<string>> Program = new(InstallAsync);

    public static async Task<ToolResult> RunAsync(string command) =>
        await Tool.RunAsync(await Program.Value, ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; " + command]);

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients", "powershell-" + Version);
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        if (!File.Exists(program))
        {
            var installed = await Tool.RunAsync("dotnet", ["tool", "install", "PowerShell", "--version", Version, "--tool-path", folder]);
            Assert.True(installed.ExitCode == 0, installed.ToString());
        }

        return program;
    }
}
