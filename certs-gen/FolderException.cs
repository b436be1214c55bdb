namespace AutoDetectSim.CertsGen;

/// <summary>The folder cannot be written to, and nothing in it has changed; the message says why.</summary>
internal sealed class FolderException : Exception
{
    public FolderException()
    {
    }

    public FolderException(string message)
        : base(message)
    {
    }

    public FolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether another command line would have worked, as opposed to another state of the disk.</summary>
    public bool IsUsage { get; init; }
}
