using System.Collections.Concurrent;

namespace AutoDetectSim.Tests.Common;

/// <summary>Newer versions of Node.js, installed from npm beside the test assembly when a test first needs them.</summary>
public static class NodeOfNpm
{
    /// <summary>The version of Node.js 22 that was measured.</summary>
    public const string Node22 = "22.23.3";

    /// <summary>The version of Node.js 24 that was measured.</summary>
    public const string Node24 = "24.21.0";

    /// <summary>The version of Node.js 26 that was measured.</summary>
    public const string Node26 = "26.9.0";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Folders = new(StringComparer.Ordinal);

    /// <summary>The folder of the programs <c>node</c> and others of a version.</summary>
    public static Task<string> FolderAsync(string version) => Folders.GetOrAdd(version, static one => new Lazy<Task<string>>(() => InstallAsync(one))).Value;

    /// <summary>The path of a version's program.</summary>
    public static async Task<string> ProgramAsync(string version) => Path.Combine(await FolderAsync(version), "node");

    private static async Task<string> InstallAsync(string version)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients", "node-" + version);
        var bin = Path.Combine(folder, "node_modules", ".bin");
        if (!File.Exists(Path.Combine(bin, "node")))
        {
            var installed = await Tool.RunAsync("npm", ["install", "--prefix", folder, "--no-save", "node@" + version], limit: TimeSpan.FromMinutes(5));
            if (installed.ExitCode != 0)
            {
                throw new InvalidOperationException(installed.ToString());
            }
        }

        return bin;
    }
}
