namespace AutoDetectSim.Cli.Output;

/// <summary>An input that is not valid; the message holds every problem, a line each.</summary>
internal sealed class InputException(string message) : Exception(message);
