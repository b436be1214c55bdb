namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>A Node.js that follows proxy variables, installed beside the test assembly when a test first needs it.</summary>
internal static class Node24
{
    private const string Version = "24.21.0";

    /// <summary>The path of the program.</summary>
    public static readonly Lazy<Task<string>> Program = new(InstallAsync);

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients", "node-" + Version);
        var program = Path.Combine(folder, "node_modules", ".bin", "node");
        if (!File.Exists(program))
        {
            var installed = await Tool.RunAsync("npm", ["install", "--prefix", folder, "--no-save", "node@" + Version]);
            Assert.True(installed.ExitCode == 0, installed.ToString());
        }

        return program;
    }
}
