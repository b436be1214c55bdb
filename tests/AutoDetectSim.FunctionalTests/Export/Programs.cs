namespace AutoDetectSim.FunctionalTests.Export;

/// <summary>Programs that not every computer has.</summary>
internal static class Programs
{
    /// <summary>Whether a program is there.</summary>
    public static bool Has(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, name)));
}
