namespace AutoDetectSim.Cli;

/// <summary>Exit codes of every command.</summary>
internal static class ExitCodes
{
    /// <summary>Everything is as expected.</summary>
    public const int Success = 0;

    /// <summary>An expectation was not met, or a detection failed.</summary>
    public const int NotAsExpected = 1;

    /// <summary>The command line or an input file is not valid.</summary>
    public const int InvalidInput = 2;

    /// <summary>The lab, or what was to be probed, cannot be started or reached.</summary>
    public const int CannotStart = 3;
}
