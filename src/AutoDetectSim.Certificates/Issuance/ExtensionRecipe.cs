namespace AutoDetectSim.Certificates.Issuance;

/// <summary>An explicit certificate extension, which replaces or extends the generated ones.</summary>
public sealed record ExtensionRecipe
{
    /// <summary>The object identifier, dotted, for example <c>2.5.29.32</c>.</summary>
    public required string Oid { get; init; }

    /// <summary>Whether the extension is marked critical.</summary>
    public bool Critical { get; init; }

    /// <summary>The DER content (what extnValue holds) in base64; null: the certificate does not have the extension.</summary>
    public string? Value { get; init; }
}
