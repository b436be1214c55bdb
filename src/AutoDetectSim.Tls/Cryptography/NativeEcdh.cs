using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>ECDH on the NIST curves with the platform's implementation (RFC 8446, section 4.2.8.2).</summary>
internal sealed class NativeEcdh : TlsAgreement
{
    private readonly NativeTlsCrypto _crypto;
    private readonly ECCurve _curve;
    private readonly int _fieldLength;
    private readonly ECDiffieHellman _own;
    private byte[] _peer = [];

    private NativeEcdh(NativeTlsCrypto crypto, ECCurve curve, int fieldLength)
    {
        _crypto = crypto;
        _curve = curve;
        _fieldLength = fieldLength;
        _own = crypto.Own(ECDiffieHellman.Create(curve));
    }

    public static TlsECDomain? TryCreateDomain(NativeTlsCrypto crypto, int namedGroup) => namedGroup switch
    {
        NamedGroup.secp256r1 => new Domain(crypto, ECCurve.NamedCurves.nistP256, 32),
        NamedGroup.secp384r1 => new Domain(crypto, ECCurve.NamedCurves.nistP384, 48),
        NamedGroup.secp521r1 => new Domain(crypto, ECCurve.NamedCurves.nistP521, 66),
        _ => null,
    };

    public byte[] GenerateEphemeral()
    {
        var point = _own.ExportParameters(false).Q;
        var encoded = new byte[1 + (2 * _fieldLength)];
        encoded[0] = 4;
        point.X!.CopyTo(encoded, 1);
        point.Y!.CopyTo(encoded, 1 + _fieldLength);
        return encoded;
    }

    public void ReceivePeerValue(byte[] peerValue)
    {
        // RFC 8446, section 4.2.8.2: the uncompressed form and no other.
        if (peerValue.Length != 1 + (2 * _fieldLength) || peerValue[0] != 4)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }

        _peer = peerValue;
    }

    public TlsSecret CalculateSecret()
    {
        try
        {
            using var peer = ECDiffieHellman.Create(new ECParameters
            {
                Curve = _curve,
                Q = new ECPoint { X = _peer[1..(1 + _fieldLength)], Y = _peer[(1 + _fieldLength)..] },
            });
            using var publicKey = peer.PublicKey;
            return _crypto.Adopt(_own.DeriveRawSecretAgreement(publicKey));
        }
        catch (CryptographicException e)
        {
            // The point is not on the curve.
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, e);
        }
    }

    private sealed class Domain(NativeTlsCrypto crypto, ECCurve curve, int fieldLength) : TlsECDomain
    {
        public TlsAgreement CreateECDH() => new NativeEcdh(crypto, curve, fieldLength);
    }
}
