namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Recipes are equal when they put the same certificates on the wire; the record's own equality looks at the identity of the list.</summary>
internal sealed class PresentedChainRecipeComparer : IEqualityComparer<PresentedChainRecipe>
{
    public static PresentedChainRecipeComparer Instance { get; } = new();

    public bool Equals(PresentedChainRecipe? x, PresentedChainRecipe? y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        return x is not null && y is not null
            && string.Equals(x.Certificate, y.Certificate, StringComparison.Ordinal)
            && (x.Names is null || y.Names is null
                ? x.Names is null && y.Names is null && x.Shape == y.Shape
                : x.Names.SequenceEqual(y.Names, StringComparer.Ordinal));
    }

    public int GetHashCode(PresentedChainRecipe obj)
    {
        var hash = new HashCode();
        hash.Add(obj.Certificate, StringComparer.Ordinal);
        if (obj.Names is null)
        {
            hash.Add(obj.Shape);
        }
        else
        {
            foreach (var name in obj.Names)
            {
                hash.Add(name, StringComparer.Ordinal);
            }
        }

        return hash.ToHashCode();
    }
}
