using System.Diagnostics.CodeAnalysis;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>An end-entity certificate of the lab, issued or read from a file.</summary>
public sealed record CertificateRecipe
{
    /// <summary>The name that other parts of the scenario use; not the subject.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the issuing authority, or null for a self-signed certificate.</summary>
    [StringSyntax("authority")]
    public string? Issuer { get; init; }

    /// <summary>DNS names, wildcards and IP addresses for subjectAltName (RFC 5280 4.2.1.6).</summary>
    [StringSyntax("certificate-host")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Subject distinguished name; empty: none; null: <c>CN=</c> the first host.</summary>
    [StringSyntax("distinguished-name")]
    public string? Subject { get; init; }

    /// <summary>The key pair to create.</summary>
    public KeyAlgorithm Key { get; init; } = KeyAlgorithm.P256;

    /// <summary>Start of validity: an RFC 3339 time, or an offset from the start of the lab such as <c>-30d</c>. Null: thirty days before, or a year before an end that lies before that.</summary>
    [StringSyntax("validity-bound")]
    public string? NotBefore { get; init; }

    /// <summary>End of validity: an RFC 3339 time, or an offset from the start of the lab such as <c>90d</c> or <c>-1d</c>. Null: one year after, or a year after a start that lies beyond that.</summary>
    [StringSyntax("validity-bound")]
    public string? NotAfter { get; init; }

    /// <summary>Extended key usages as names (<c>serverAuth</c>, <c>clientAuth</c>) or dotted OIDs. Empty: serverAuth and clientAuth.</summary>
    [StringSyntax("extended-key-usage")]
    public IReadOnlyList<string> ExtendedKeyUsage { get; init; } = [];

    /// <summary>Path of a PEM file (leaf first, then further certificates) to use instead of an issued certificate, relative to the scenario.</summary>
    [StringSyntax("relative-path")]
    public string? File { get; init; }

    /// <summary>Path of the PEM private key of <see cref="File"/>, relative to the scenario; null: the key is in that file too.</summary>
    [StringSyntax("relative-path")]
    public string? KeyFile { get; init; }

    /// <summary>The hash that the certificate is signed with. Null: the one that matches the issuer's key (SHA-256; SHA-384 for P-384, SHA-512 for P-521).</summary>
    public SignatureHash? SignatureHash { get; init; }

    /// <summary>Explicit extensions, which replace or extend the generated ones. At most one per object identifier.</summary>
    public IReadOnlyList<ExtensionRecipe> Extensions { get; init; } = [];
}
