namespace AutoDetectSim;

/// <summary>A lab could not start although its scenario is valid: a port is taken, or a node does not present what it should.</summary>
public sealed class LabStartException : Exception
{
    /// <summary>Says why, and what the cause was.</summary>
    public LabStartException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
