namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>What a tool does to its world.</summary>
internal enum ToolEffect
{
    /// <summary>Nothing is different afterwards.</summary>
    Reads,

    /// <summary>Something is added, for example a lab or entries of its journal.</summary>
    Adds,

    /// <summary>Something is replaced or ended.</summary>
    Replaces,
}

/// <summary>One tool.</summary>
/// <param name="Name">The name, in snake_case.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Description">What it does, for the assistant.</param>
/// <param name="Effect">What it does to its world.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="RunAsync">Makes the answer: a document or a text.</param>
internal sealed record ToolDefinition(
    string Name,
    string Title,
    string Description,
    ToolEffect Effect,
    IReadOnlyList<ToolParameter> Parameters,
    Func<ToolArguments, CancellationToken, Task<string>> RunAsync)
{
    /// <summary>Whether the tool may connect to hosts outside this computer.</summary>
    public bool IsOpenWorld { get; init; }

    /// <summary>Whether a second call with the same arguments changes nothing more.</summary>
    public bool IsIdempotent { get; init; }
}
