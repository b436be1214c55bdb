using System.CommandLine;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--edition</c> option.</summary>
internal static class EditionOption
{
    public static Option<Edition?> Create() => CheckedOption.Choice(
        "--edition",
        "AutoDetect edition to imitate: 2021 or 2025. Overrides the scenario.",
        ("2021", Edition.Node2021),
        ("2025", Edition.Kestrel2025));
}
