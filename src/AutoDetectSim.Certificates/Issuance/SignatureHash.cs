namespace AutoDetectSim.Certificates.Issuance;

/// <summary>The hash functions that the lab's certificates can be signed with.</summary>
public enum SignatureHash
{
    /// <summary>SHA-1, which clients have refused for years everywhere but on a root.</summary>
    Sha1,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,
}
