namespace AutoDetectSim.Fuzzing;

/// <summary>A parser contradicted itself, or concluded what its input does not say.</summary>
internal sealed class FuzzException(string message) : Exception(message);
