using AutoDetectSim.Cli.Mcp.Protocol;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>Every tool of the server.</summary>
internal static class ToolBox
{
    /// <summary>The tools, in the order in which a list shows them.</summary>
    public static IEnumerable<ToolDefinition> All(LabShelf labs, RealHosts real) =>
    [
        .. LibraryTools.All,
        .. new LabTools(labs).All,
        .. new ProbeTools(labs, real).All,
        .. new ChangeTools(labs).All,
        .. TextTools.All(labs),
    ];

    /// <summary>The parameter that names a lab.</summary>
    public static ToolParameter LabParameter { get; } = new("lab", ParameterKind.Text, "Name of a lab, as start_lab returned it. Default: the only lab that runs.");
}
