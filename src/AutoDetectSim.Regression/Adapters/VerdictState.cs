namespace AutoDetectSim.Regression.Adapters;

/// <summary>The state of a world, actual or as a tool reports it.</summary>
internal enum VerdictState
{
    /// <summary>Nothing is wrong.</summary>
    Healthy,

    /// <summary>It fails every time.</summary>
    Broken,

    /// <summary>It fails on some connections, and works on others.</summary>
    Intermittent,

    /// <summary>The tool gave no verdict.</summary>
    Unknown,
}
