namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>What a parameter of a tool takes.</summary>
internal enum ParameterKind
{
    Text,
    WholeNumber,
    Flag,
    TextList,
}

/// <summary>One parameter of a tool.</summary>
/// <param name="Name">The name, in snake_case.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Description">A noun phrase for the assistant.</param>
internal sealed record ToolParameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>Characters of a name, an address or a line at most.</summary>
    public const int LineLength = 4096;

    public bool IsRequired { get; init; }

    /// <summary>The words that a text may be; empty for any.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The characters of a text, or of each text of a list, at most.</summary>
    public int MaximumLength { get; init; } = LineLength;

    /// <summary>The texts of a list at most.</summary>
    public int MaximumCount { get; init; } = 100;

    public int Minimum { get; init; }

    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>The number that counts where none is given; null: none.</summary>
    public int? Default { get; init; }
}
