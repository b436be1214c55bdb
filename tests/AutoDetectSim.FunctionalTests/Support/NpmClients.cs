namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>The clients of clients/npm, installed from their lock file beside the test assembly when a test first needs them.</summary>
public sealed class NpmClients : IAsyncLifetime
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "clients", "npm");

    /// <summary>The path of one of the clients.</summary>
    public static string Script(string name) => Path.Combine(Folder, name);

    public async ValueTask InitializeAsync()
    {
        // npm writes this file at the end of an installation: a half-done one is done again.
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            var installed = await Tool.RunAsync("npm", ["ci", "--prefix", Folder], limit: TimeSpan.FromMinutes(5));
            Assert.True(installed.ExitCode == 0, installed.ToString());
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs one of the clients against a lab.</summary>
    public static async Task<ToolResult> RunAsync(LabProcess lab, string script, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["GATEWAY"] = lab.Gateway,
            ["HTTPS_PROXY"] = lab.Gateway,
            ["HTTP_PROXY"] = lab.Gateway,
            ["NO_PROXY"] = "",
            ["NODE_EXTRA_CA_CERTS"] = lab.RootCertificate,
        };
        string[] preload = script == "ews.cjs" ? ["-r", Tool.ThroughTheGateway] : [];
        return await Tool.RunAsync("node", [.. preload, Script(script), .. arguments], environment: environment);
    }
}
