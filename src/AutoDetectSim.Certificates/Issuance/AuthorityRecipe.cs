using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>An issuing authority of the lab's own PKI.</summary>
public sealed record AuthorityRecipe
{
    /// <summary>The name that other parts of the scenario use; not the subject.</summary>
    public required string Name { get; init; }

    /// <summary>Subject distinguished name in RFC 4514 order, for example <c>CN=Contoso Lab Root CA, O=AutoDetectSim</c>. Null: derived from the name.</summary>
    [StringSyntax("distinguished-name")]
    public string? Subject { get; init; }

    /// <summary>The name of the authority that signs this one, or null for a self-signed root.</summary>
    [StringSyntax("authority")]
    public string? Issuer { get; init; }

    /// <summary>Whether clients of the lab have this authority among their trust anchors.</summary>
    public bool Trusted { get; init; }

    /// <summary>The key pair to create. Ignored if <see cref="SameKeyAs"/> names another authority.</summary>
    public KeyAlgorithm Key { get; init; } = KeyAlgorithm.P256;

    /// <summary>The name of an authority whose key pair, and subject unless one is given, this one shares: a cross-signed certificate.</summary>
    [StringSyntax("authority")]
    public string? SameKeyAs { get; init; }

    /// <summary>Start of validity: an RFC 3339 time, or an offset from the start of the lab such as <c>-30d</c>. Null: one year before, or a year before an end that lies before that.</summary>
    [StringSyntax("validity-bound")]
    public string? NotBefore { get; init; }

    /// <summary>End of validity: an RFC 3339 time, or an offset from the start of the lab such as <c>90d</c> or <c>-1d</c>. Null: ten years after for a root, five for an intermediate, or a year after a start that lies beyond that.</summary>
    [StringSyntax("validity-bound")]
    public string? NotAfter { get; init; }

    /// <summary>pathLenConstraint of basicConstraints (RFC 5280 4.2.1.9), or null for none.</summary>
    [Range(0, 100)]
    public int? PathLength { get; init; }

    /// <summary>Extended key usages as names (<c>serverAuth</c>, <c>clientAuth</c>) or dotted OIDs; empty: no such extension.</summary>
    [StringSyntax("extended-key-usage")]
    public IReadOnlyList<string> ExtendedKeyUsage { get; init; } = [];

    /// <summary>Whether certificates that this authority issues have the download URL of its own certificate (AIA caIssuers, on the lab's AIA server).</summary>
    public bool Aia { get; init; }

    /// <summary>An explicit caIssuers URL for the certificates that this authority issues; it replaces that of <see cref="Aia"/>.</summary>
    [StringSyntax("url")]
    public string? AiaUrl { get; init; }

    /// <summary>A CRL distribution point URL for the certificates that this authority issues, or null for none.</summary>
    [StringSyntax("url")]
    public string? CrlUrl { get; init; }

    /// <summary>Whether the issuer has revoked this authority's certificate. The issuer's CRL then lists it as superseded, which takes an issuer with a CRL distribution point; clients that check no revocation do not notice.</summary>
    public bool Revoked { get; init; }

    /// <summary>The hash that the certificate is signed with. Null: the one that matches the issuer's key (SHA-256; SHA-384 for P-384, SHA-512 for P-521).</summary>
    public SignatureHash? SignatureHash { get; init; }

    /// <summary>Explicit extensions, which replace or extend the generated ones. At most one per object identifier.</summary>
    public IReadOnlyList<ExtensionRecipe> Extensions { get; init; } = [];
}
