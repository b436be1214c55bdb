namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>A Python that has exchangelib.</summary>
internal static class Exchangelib
{
    // Where a Python of the user's own comes first on the path, Debian's packages belong to the one of the system.
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private static readonly Lazy<Task<string>> Python = new(FindAsync);

    public static async Task<ToolResult> RunAsync(string script, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        await Tool.RunAsync(await Python.Value, [Path.Combine(AppContext.BaseDirectory, "clients", script), .. arguments], environment: environment);

    private static async Task<string> FindAsync()
    {
        foreach (var python in Pythons)
        {
            if ((await Tool.RunAsync(python, ["-c", "import exchangelib.autodiscover.discovery.pox"])).ExitCode == 0)
            {
                return python;
            }
        }

        throw new InvalidOperationException("The tests need Python with exchangelib 4.9. The README says how to install it.");
    }
}
