namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>The digests that can occur in a signature algorithm.</summary>
internal enum DigestKind
{
    Md4,
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512T224,
    Sha512T256,
    Sha3T224,
    Sha3T256,
    Sha3T384,
    Sha3T512,
    RipeMd160,
    Sm3,
}
