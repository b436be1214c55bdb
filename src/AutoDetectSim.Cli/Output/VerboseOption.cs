using System.CommandLine;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--verbose</c> option: everything, not only what tells something new.</summary>
internal static class VerboseOption
{
    /// <param name="what">What the report then also has.</param>
    public static Option<bool> Create(string what) => new("--verbose", "-v") { Description = what };
}
