namespace AutoDetectSim.Protocols.Wbxml;

/// <summary>One element of a WBXML document of ActiveSync (MS-ASWBXML): a tag of a code page with children or a text.</summary>
/// <param name="Page">The code page.</param>
/// <param name="Token">The tag's token, without the content bit.</param>
internal sealed record WbxmlElement(byte Page, byte Token)
{
    /// <summary>Child elements in document order.</summary>
    public IReadOnlyList<WbxmlElement> Children { get; init; } = [];

    /// <summary>The text, or null for an element without one.</summary>
    public string? Text { get; init; }

    /// <summary>The first child with a tag, or null.</summary>
    public WbxmlElement? Child((byte Page, byte Token) tag) => Children.FirstOrDefault(child => child.Page == tag.Page && child.Token == tag.Token);

    /// <summary>An element with children.</summary>
    public static WbxmlElement Of((byte Page, byte Token) tag, params WbxmlElement[] children) => new(tag.Page, tag.Token) { Children = children };

    /// <summary>An element with a text.</summary>
    public static WbxmlElement Of((byte Page, byte Token) tag, string text) => new(tag.Page, tag.Token) { Text = text };
}
