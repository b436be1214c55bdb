using System.Globalization;

namespace AutoDetectSim.Cli.Export;

/// <summary>The command of a part's process in a container.</summary>
internal static class PartCommand
{
    /// <summary>Where a container has the scenario, the parts and the roots.</summary>
    public const string LabFolder = "/lab";

    /// <summary>Where a container has the PKI.</summary>
    public const string PkiFolder = "/pki";

    /// <summary>The arguments.</summary>
    /// <param name="role">The value of <c>--role</c>.</param>
    /// <param name="healthPort">The port of the health endpoint.</param>
    /// <param name="listen">The address to listen on.</param>
    /// <param name="parts">The file of the parts.</param>
    public static IReadOnlyList<string> Of(string role, int healthPort, string listen = "0.0.0.0", string parts = "parts.yaml") =>
    [
        "run", $"{LabFolder}/scenario.yaml", "--role", role, "--parts", $"{LabFolder}/{parts}", "--pki", PkiFolder,
        "--listen", listen, "--health-port", healthPort.ToString(CultureInfo.InvariantCulture),
    ];
}
