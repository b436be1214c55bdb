using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>An identity in one handshake: its Certificate message, and the signature scheme that was agreed on.</summary>
internal sealed class ServerCredentials(TlsServerIdentity identity, bool isTls13, SignatureAndHashAlgorithm? algorithm) : TlsCredentialedSigner
{
    public Certificate Certificate => identity.CertificateMessage(isTls13);

    public SignatureAndHashAlgorithm? SignatureAndHashAlgorithm => algorithm;

    public byte[] GenerateRawSignature(byte[] hash) => identity.SigningKey.Sign(algorithm, hash);

    public TlsStreamSigner? GetStreamSigner() => null;
}
