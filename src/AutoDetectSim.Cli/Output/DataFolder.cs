using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Output;

/// <summary>The folder with the user's progress and the list of running labs.</summary>
internal static class DataFolder
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "AUTODETECTSIM_DATA";

    /// <summary>The folder that was given, otherwise the user's own.</summary>
    public static string Of(DirectoryInfo? given) =>
        given?.FullName ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : ProgressStore.DefaultFolder);
}
