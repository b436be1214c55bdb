using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>X25519 with OpenSSL's implementation (RFC 7748, section 6.1; RFC 8446, section 7.4.2).</summary>
internal sealed class NativeX25519 : TlsAgreement
{
    private const int Length = 32;

    private readonly NativeTlsCrypto _crypto;
    private readonly OpenSslLibrary.EvpKey _own;
    private byte[] _peer = [];

    private NativeX25519(NativeTlsCrypto crypto)
    {
        _crypto = crypto;
        Span<byte> scalar = stackalloc byte[Length];
        RandomNumberGenerator.Fill(scalar);
        _own = crypto.Own(OpenSslLibrary.CreatePrivateKey(scalar));
    }

    /// <summary>The domain of X25519, or null for another group and where the platform has no OpenSSL.</summary>
    public static TlsECDomain? TryCreateDomain(NativeTlsCrypto crypto, int namedGroup) =>
        namedGroup == NamedGroup.x25519 && OpenSslLibrary.HasX25519 ? new Domain(crypto) : null;

    public byte[] GenerateEphemeral()
    {
        var point = new byte[Length];
        return OpenSslLibrary.TryGetPublicKey(_own, point) ? point : throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    public void ReceivePeerValue(byte[] peerValue)
    {
        if (peerValue.Length != Length)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }

        _peer = peerValue;
    }

    public TlsSecret CalculateSecret()
    {
        var secret = new byte[Length];
        using var peer = OpenSslLibrary.CreatePublicKey(_peer);
        return OpenSslLibrary.TryAgree(_own, peer, secret) ? _crypto.Adopt(secret) : throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }

    private sealed class Domain(NativeTlsCrypto crypto) : TlsECDomain
    {
        public TlsAgreement CreateECDH() => new NativeX25519(crypto);
    }
}
