using System.Text.Json.Serialization;

namespace AutoDetectSim.Issuing;

/// <summary>What is in a folder with the PKI of a lab. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record LabPkiManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The file with the roots that clients trust.</summary>
    public const string RootsName = "roots.pem";

    /// <summary>What <see cref="Kind"/> says of every such folder.</summary>
    public const string KindName = "AutoDetectSim PKI of a lab";

    /// <summary>Distinguishes the folder from those of certs-gen.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The seed of the scenario.</summary>
    public required int Seed { get; init; }

    /// <summary>A hash of what the PKI depends on in the scenario.</summary>
    public required string ScenarioPrint { get; init; }

    /// <summary>When the certificates were issued.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The private keys.</summary>
    public required IReadOnlyList<LabPkiKeyFile> Keys { get; init; }

    /// <summary>The certificates.</summary>
    public required IReadOnlyList<LabPkiCertificateFile> Certificates { get; init; }

    /// <summary>Every file of the folder.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}

/// <summary>Which PKI something belongs to.</summary>
internal enum LabPkiOwner
{
    /// <summary>That of the scenario.</summary>
    Customer,

    /// <summary>That of AutoDetect, Exchange Online and the other services of the lab.</summary>
    Services,
}

/// <summary>A file with a private key.</summary>
internal sealed record LabPkiKeyFile
{
    /// <summary>Whose it is.</summary>
    public required LabPkiOwner Pki { get; init; }

    /// <summary>The authority or certificate that has the key.</summary>
    public required string Name { get; init; }

    /// <summary>The algorithm, as scenarios name it.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The file: PKCS #8, PEM.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo).</summary>
    public required string PublicKeySha256 { get; init; }
}

/// <summary>A file with a certificate.</summary>
internal sealed record LabPkiCertificateFile
{
    /// <summary>Whose it is.</summary>
    public required LabPkiOwner Pki { get; init; }

    /// <summary>The name in the scenario, with a variant such as <c>mail (expired)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file: PEM.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the certificate (DER).</summary>
    public required string Sha256 { get; init; }
}

/// <summary>Source-generated JSON of the manifest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LabPkiManifest))]
internal sealed partial class LabPkiManifestJson : JsonSerializerContext;
