namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>How much one call may ask for.</summary>
internal static class Limits
{
    /// <summary>Characters of a pasted text.</summary>
    public const int LongText = 2 * 1024 * 1024;

    /// <summary>Detections of one call.</summary>
    public const int Detections = 2000;

    /// <summary>Connections of one check to each host.</summary>
    public const int Connections = 1000;

    /// <summary>Detections where no number is given: enough for the twenty nodes of the main case.</summary>
    public const int FewDetections = 20;
}
