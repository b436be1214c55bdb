using System.Globalization;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>A certificate's public key: what it is, how strong it is, and whether it verifies a signature. Safe for use by several threads.</summary>
internal abstract class SubjectKey(KeyKind kind, int securityBits, string description)
{
    internal static readonly SubjectKey Undecodable = new NonSigningKey(KeyKind.Undecodable, 0, "undecodable");

    internal KeyKind Kind => kind;

    /// <summary>OpenSSL's estimate of the work to break the key, as a power of two.</summary>
    internal int SecurityBits => securityBits;

    internal string Description => description;

    internal bool IsDecodable => kind != KeyKind.Undecodable;

    /// <summary>Whether an elliptic curve is given by its parameters and not by its name.</summary>
    internal virtual bool HasExplicitParameters => false;

    /// <summary>Whether the signature over the data is one of this key. Never throws.</summary>
    internal abstract bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Decodes a SubjectPublicKeyInfo as OpenSSL's providers do.</summary>
    /// <param name="info">The SubjectPublicKeyInfo.</param>
    /// <param name="version">Whose OpenSSL decodes.</param>
    internal static SubjectKey Decode(DerValue info, NodeVersion version = NodeVersion.Node20)
    {
        var algorithm = info[0]!;
        var oid = ObjectIdentifiers.Dotted(algorithm[0]!.Content.Span);
        var key = info[1]!.Bits;
        SubjectKey? decoded = oid switch
        {
            "1.2.840.113549.1.1.1" or "2.5.8.1.1" => RsaKey.TryDecode(key, pss: false, null),
            "1.2.840.113549.1.1.10" => RsaKey.TryDecode(key, pss: true, algorithm[1]),
            "1.2.840.10045.2.1" => EllipticCurveKey.TryDecode(algorithm[1], key.Span),

            // Some generators name the curve as the algorithm.
            EllipticCurveKey.Sm2 => EllipticCurveKey.TryDecode(algorithm[1], key.Span, KeyKind.Sm2),
            "1.3.101.112" => EdwardsKey.TryDecode(KeyKind.Ed25519, algorithm[1], key),
            "1.3.101.113" => EdwardsKey.TryDecode(KeyKind.Ed448, algorithm[1], key),
            MlDsaKey.Oid44 when version != NodeVersion.Node20 => MlDsaKey.TryDecode(KeyKind.MlDsa44, algorithm[1], key),
            MlDsaKey.Oid65 when version != NodeVersion.Node20 => MlDsaKey.TryDecode(KeyKind.MlDsa65, algorithm[1], key),
            MlDsaKey.Oid87 when version != NodeVersion.Node20 => MlDsaKey.TryDecode(KeyKind.MlDsa87, algorithm[1], key),
            "1.3.101.110" when algorithm[1] is null && key.Length == 32 => new NonSigningKey(KeyKind.AgreementOnly, 128, "X25519"),
            "1.3.101.111" when algorithm[1] is null && key.Length == 56 => new NonSigningKey(KeyKind.AgreementOnly, 224, "X448"),
            "1.2.840.10040.4.1" or "1.3.14.3.2.12" or "1.3.14.3.2.13" => DsaKey.TryDecode(algorithm[1], key),
            "1.2.840.113549.1.3.1" => DiffieHellmanKey.TryDecode(algorithm[1], key, isX942: false),
            "1.2.840.10046.2.1" => DiffieHellmanKey.TryDecode(algorithm[1], key, isX942: true),
            _ => null,
        };
        return decoded ?? new NonSigningKey(KeyKind.Undecodable, 0, string.Create(CultureInfo.InvariantCulture, $"undecodable ({oid})"));
    }

    private sealed class NonSigningKey(KeyKind kind, int securityBits, string description) : SubjectKey(kind, securityBits, description)
    {
        internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => false;
    }
}
