using AutoDetectSim.Certificates.Validation.Decoding;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>An ML-DSA key (FIPS 204, RFC 9881), which OpenSSL knows from version 3.5 on.</summary>
internal sealed class MlDsaKey : SubjectKey
{
    internal const string Oid44 = "2.16.840.1.101.3.4.3.17";
    internal const string Oid65 = "2.16.840.1.101.3.4.3.18";
    internal const string Oid87 = "2.16.840.1.101.3.4.3.19";

    private readonly MLDsaPublicKeyParameters _key;

    private MlDsaKey(KeyKind kind, MLDsaPublicKeyParameters key)
        : base(kind, SecurityBitsOf(kind), key.Parameters.Name) => _key = key;

    internal static MlDsaKey? TryDecode(KeyKind kind, DerValue? parameters, ReadOnlyMemory<byte> key)
    {
        if (parameters is not null)
        {
            return null;
        }

        try
        {
            return new MlDsaKey(kind, MLDsaPublicKeyParameters.FromEncoding(ParametersOf(kind), key.ToArray()));
        }
        catch (ArgumentException)
        {
            // The key has another length.
            return null;
        }
    }

    /// <summary>The security category of FIPS 204 as OpenSSL counts it.</summary>
    internal static int SecurityBitsOf(KeyKind kind) => kind switch
    {
        KeyKind.MlDsa44 => 128,
        KeyKind.MlDsa65 => 192,
        _ => 256,
    };

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm.Key != Kind || identifier[1] is not null)
        {
            return false;
        }

        var signer = new MLDsaSigner(_key.Parameters, deterministic: true);
        signer.Init(forSigning: false, _key);
        signer.BlockUpdate(data);
        return signer.VerifySignature(signature.ToArray());
    }

    private static MLDsaParameters ParametersOf(KeyKind kind) => kind switch
    {
        KeyKind.MlDsa44 => MLDsaParameters.ml_dsa_44,
        KeyKind.MlDsa65 => MLDsaParameters.ml_dsa_65,
        _ => MLDsaParameters.ml_dsa_87,
    };
}
