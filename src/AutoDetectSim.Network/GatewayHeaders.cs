namespace AutoDetectSim.Network;

/// <summary>Headers in which the gateway of a lab tells programs about the lab.</summary>
internal static class GatewayHeaders
{
    /// <summary>The tools that the lab is to be examined with; a lab without restrictions does not send it.</summary>
    public const string Tools = "X-AutoDetectSim-Tools";
}
