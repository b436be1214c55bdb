namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Everything that a lab's own PKI is made from.</summary>
public sealed record LabPkiDefinition
{
    /// <summary>Where serial numbers come from. Keys are always new: two labs never trust each other.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The authorities. Their names and those of <see cref="Certificates"/> are one set.</summary>
    public IReadOnlyList<AuthorityRecipe> Authorities { get; init; } = [];

    /// <summary>The end-entity certificates.</summary>
    public IReadOnlyList<CertificateRecipe> Certificates { get; init; } = [];

    /// <summary>The folder that <see cref="CertificateRecipe.File"/> and <see cref="CertificateRecipe.KeyFile"/> start from; null: the current folder.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Names of certificates and authorities that <see cref="LabPki.Revise"/> reissues although nothing about them has changed.</summary>
    public IReadOnlyList<string> Renewed { get; init; } = [];

    /// <summary>The base URL of the lab's AIA server: an http URL that ends with a slash. Null: <see cref="LabPki.DefaultAiaBase"/>.</summary>
    public Uri? AiaBase { get; init; }
}
