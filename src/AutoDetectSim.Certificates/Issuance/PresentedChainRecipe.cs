namespace AutoDetectSim.Certificates.Issuance;

/// <summary>What one server puts on the wire: a named shape, or an explicit list of names in wire order.</summary>
public sealed record PresentedChainRecipe
{
    /// <summary>The name of the end-entity certificate that the server holds the key of.</summary>
    public required string Certificate { get; init; }

    /// <summary>The shape; ignored when <see cref="Names"/> is given.</summary>
    public ChainShape Shape { get; init; } = ChainShape.Complete;

    /// <summary>Names of certificates and authorities in wire order, or null for <see cref="Shape"/>. The key is always that of <see cref="Certificate"/>.</summary>
    public IReadOnlyList<string>? Names { get; init; }
}
