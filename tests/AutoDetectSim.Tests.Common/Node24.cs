namespace AutoDetectSim.Tests.Common;

/// <summary>Node.js 24, which follows proxy variables and judges certificates by newer rules; installed from npm beside the test assembly when a test first needs it.</summary>
public static class Node24
{
    private const string Version = "24.21.0";

    private static readonly Lazy<Task<string>> Folder = new(InstallAsync);

    /// <summary>The folder of the programs <c>node</c> and others.</summary>
    public static Task<string> FolderAsync() => Folder.Value;

    /// <summary>The path of the program.</summary>
    public static async Task<string> ProgramAsync() => Path.Combine(await Folder.Value, "node");

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients", "node-" + Version);
        var bin = Path.Combine(folder, "node_modules", ".bin");
        if (!File.Exists(Path.Combine(bin, "node")))
        {
            var installed = await Tool.RunAsync("npm", ["install", "--prefix", folder, "--no-save", "node@" + Version]);
            if (installed.ExitCode != 0)
            {
                throw new InvalidOperationException(installed.ToString());
            }
        }

        return bin;
    }
}
