using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>A secret of the key schedule (RFC 8446, section 7.1; RFC 5246, section 5), derived with the platform's HMAC.</summary>
internal sealed class NativeTlsSecret : AbstractTlsSecret
{
    private const int MaxHashLength = 64;

    private readonly NativeTlsCrypto _crypto;

    internal NativeTlsSecret(NativeTlsCrypto crypto, byte[] data)
        : base(data) => _crypto = crypto;

    protected override AbstractTlsCrypto Crypto => _crypto;

    public override byte[] CalculateHmac(int cryptoHashAlgorithm, byte[] buf, int off, int len)
    {
        CheckAlive();
        return CryptographicOperations.HmacData(Name(cryptoHashAlgorithm), m_data, buf.AsSpan(off, len));
    }

    public override TlsSecret DeriveUsingPrf(int prfAlgorithm, string label, byte[] seed, int length) =>
        DeriveUsingPrf(prfAlgorithm, label.AsSpan(), seed, length);

    public override TlsSecret DeriveUsingPrf(int prfAlgorithm, ReadOnlySpan<char> label, ReadOnlySpan<byte> seed, int length)
    {
        CheckAlive();
        switch (prfAlgorithm)
        {
            case PrfAlgorithm.tls13_hkdf_sha256:
                return TlsCryptoUtilities.HkdfExpandLabel(this, CryptoHashAlgorithm.sha256, label, seed, length);
            case PrfAlgorithm.tls13_hkdf_sha384:
                return TlsCryptoUtilities.HkdfExpandLabel(this, CryptoHashAlgorithm.sha384, label, seed, length);
            default:
                var labelAndSeed = new byte[label.Length + seed.Length];
                Encoding.ASCII.GetBytes(label, labelAndSeed);
                seed.CopyTo(labelAndSeed.AsSpan(label.Length));
                var derived = _crypto.Adopt(Prf(prfAlgorithm, labelAndSeed, length));
                if (label is "master secret" or "extended master secret")
                {
                    _crypto.LogSecret("CLIENT_RANDOM", derived.m_data);
                }

                return derived;
        }
    }

    public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, byte[] info, int length) =>
        HkdfExpand(cryptoHashAlgorithm, info.AsSpan(), length);

    /// <summary>HKDF-Expand (RFC 5869, section 2.3).</summary>
    public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, ReadOnlySpan<byte> info, int length)
    {
        CheckAlive();
        var hash = Name(cryptoHashAlgorithm);
        var hashLength = TlsCryptoUtilities.GetHashOutputSize(cryptoHashAlgorithm);
        Span<byte> block = stackalloc byte[MaxHashLength];
        Span<byte> input = stackalloc byte[MaxHashLength + info.Length + 1];
        var output = new byte[length];
        var previous = 0;
        for (var done = 0; done < length; done += hashLength)
        {
            block[..previous].CopyTo(input);
            info.CopyTo(input[previous..]);
            input[previous + info.Length] = (byte)((done / hashLength) + 1);
            CryptographicOperations.HmacData(hash, m_data, input[..(previous + info.Length + 1)], block);
            block[..Math.Min(hashLength, length - done)].CopyTo(output.AsSpan(done));
            previous = hashLength;
        }

        if (_crypto.LogsSecrets && KeyLogLabel(info) is { } label)
        {
            _crypto.LogSecret(label, output);
        }

        return _crypto.Adopt(output);
    }

    /// <summary>HKDF-Extract with this secret as the salt (RFC 5869, section 2.2).</summary>
    public override TlsSecret HkdfExtract(int cryptoHashAlgorithm, TlsSecret ikm)
    {
        var salt = Extract();
        return _crypto.Adopt(CryptographicOperations.HmacData(Name(cryptoHashAlgorithm), salt, ((NativeTlsSecret)ikm).m_data));
    }

    /// <summary>The key log's name for what an HkdfLabel derives, or null for what it does not hold.</summary>
    private static string? KeyLogLabel(ReadOnlySpan<byte> info)
    {
        const int LabelOffset = 3;
        var label = info.Slice(LabelOffset, info[LabelOffset - 1]);
        return label.SequenceEqual("tls13 c hs traffic"u8) ? "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
            : label.SequenceEqual("tls13 s hs traffic"u8) ? "SERVER_HANDSHAKE_TRAFFIC_SECRET"
            : label.SequenceEqual("tls13 c ap traffic"u8) ? "CLIENT_TRAFFIC_SECRET_0"
            : label.SequenceEqual("tls13 s ap traffic"u8) ? "SERVER_TRAFFIC_SECRET_0"
            : label.SequenceEqual("tls13 exp master"u8) ? "EXPORTER_SECRET"
            : null;
    }

    private static HashAlgorithmName Name(int cryptoHashAlgorithm) =>
        NativeTlsCrypto.TryGetName(cryptoHashAlgorithm) ?? throw new TlsFatalAlert(AlertDescription.internal_error);

    /// <summary>P_hash of RFC 5246, section 5.</summary>
    private static void PHash(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> labelAndSeed, Span<byte> output)
    {
        Span<byte> input = stackalloc byte[MaxHashLength + labelAndSeed.Length];
        Span<byte> block = stackalloc byte[MaxHashLength];
        Span<byte> a = stackalloc byte[MaxHashLength];
        var length = CryptographicOperations.HmacData(hash, secret, labelAndSeed, a);
        labelAndSeed.CopyTo(input[length..]);
        while (!output.IsEmpty)
        {
            a[..length].CopyTo(input);
            CryptographicOperations.HmacData(hash, secret, input[..(length + labelAndSeed.Length)], block);
            var used = Math.Min(length, output.Length);
            block[..used].CopyTo(output);
            output = output[used..];
            CryptographicOperations.HmacData(hash, secret, input[..length], a);
        }
    }

    private byte[] Prf(int prfAlgorithm, ReadOnlySpan<byte> labelAndSeed, int length)
    {
        var output = new byte[length];
        if (prfAlgorithm != PrfAlgorithm.tls_prf_legacy)
        {
            PHash(Name(TlsCryptoUtilities.GetHashForPrf(prfAlgorithm)), m_data, labelAndSeed, output);
            return output;
        }

        // RFC 4346, section 5: MD5 over the first half of the secret, SHA-1 over the second; they share the middle byte of an odd length.
        var half = (m_data.Length + 1) / 2;
        PHash(HashAlgorithmName.MD5, m_data.AsSpan(0, half), labelAndSeed, output);
        var other = new byte[length];
        PHash(HashAlgorithmName.SHA1, m_data.AsSpan(m_data.Length - half), labelAndSeed, other);
        for (var i = 0; i < length; i++)
        {
            output[i] ^= other[i];
        }

        return output;
    }
}
