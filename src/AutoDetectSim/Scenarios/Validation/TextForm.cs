namespace AutoDetectSim.Scenarios.Validation;

/// <summary>One form that a text can have.</summary>
internal sealed record TextForm
{
    /// <summary>What such a text is called: <c>an e-mail address such as your@contoso.com</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Whether a text has the form.</summary>
    public required Func<string, bool> IsValid { get; init; }

    /// <summary>A regular expression (ECMA 262) that every valid text matches, for editors.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only texts that are valid, where they are a closed set.</summary>
    public IReadOnlyList<string>? Known { get; init; }
}
