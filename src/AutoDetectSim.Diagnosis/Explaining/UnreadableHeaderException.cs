namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>What was pasted is not a header that can be explained; the message says why.</summary>
internal sealed class UnreadableHeaderException(string message) : Exception(message);
