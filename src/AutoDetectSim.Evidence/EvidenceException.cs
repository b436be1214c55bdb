namespace AutoDetectSim.Evidence;

/// <summary>A file is no evidence that can be read.</summary>
internal sealed class EvidenceException(string message) : Exception(message);
