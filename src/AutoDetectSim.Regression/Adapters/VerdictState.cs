using AutoDetectSim.Regression.Judging;

namespace AutoDetectSim.Regression.Adapters;

/// <summary>How a world is, or how a tool says that it is.</summary>
internal enum VerdictState
{
    /// <summary>Nothing is wrong.</summary>
    Healthy,

    /// <summary>It fails every time.</summary>
    Broken,

    /// <summary>It fails on some connections, and works on others.</summary>
    Intermittent,

    /// <summary>The tool did not say.</summary>
    Unknown,
}
