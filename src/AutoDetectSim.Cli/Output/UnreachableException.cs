namespace AutoDetectSim.Cli.Output;

/// <summary>What was to be asked does not answer; the message is a whole sentence.</summary>
internal sealed class UnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
