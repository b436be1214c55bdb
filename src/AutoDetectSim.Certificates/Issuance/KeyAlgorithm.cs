namespace AutoDetectSim.Certificates.Issuance;

/// <summary>The key pairs that the lab's authorities and certificates can have.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA on NIST P-256 (secp256r1), signing with SHA-256. The default: it is made in well under a millisecond.</summary>
    P256,

    /// <summary>ECDSA on NIST P-384 (secp384r1), signing with SHA-384.</summary>
    P384,

    /// <summary>ECDSA on NIST P-521 (secp521r1), signing with SHA-512.</summary>
    P521,

    /// <summary>RSA with a 1024-bit modulus, signing with SHA-256 and PKCS#1 v1.5: what today's clients at security level 2 refuse.</summary>
    Rsa1024,

    /// <summary>RSA with a 2048-bit modulus, signing with SHA-256 and PKCS#1 v1.5.</summary>
    Rsa2048,

    /// <summary>RSA with a 3072-bit modulus, signing with SHA-256 and PKCS#1 v1.5.</summary>
    Rsa3072,

    /// <summary>RSA with a 4096-bit modulus, signing with SHA-256 and PKCS#1 v1.5.</summary>
    Rsa4096,
}
