namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>The kinds of public keys that OpenSSL can decode: 3.0, and with ML-DSA 3.5.</summary>
internal enum KeyKind
{
    /// <summary>An unknown algorithm, or a key that does not decode.</summary>
    Undecodable,

    Rsa,
    RsaPss,
    Ec,
    Sm2,
    Ed25519,
    Ed448,
    MlDsa44,
    MlDsa65,
    MlDsa87,
    Dsa,

    /// <summary>A key that can only be agreed with (X25519, X448, Diffie-Hellman): it signs nothing and authenticates no server.</summary>
    AgreementOnly,
}
