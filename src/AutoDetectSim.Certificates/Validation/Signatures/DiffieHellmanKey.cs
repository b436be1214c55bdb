using System.Globalization;
using AutoDetectSim.Certificates.Validation.Decoding;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>A Diffie-Hellman key (PKCS #3 or X9.42): it decodes and has a strength, but verifies nothing.</summary>
internal sealed class DiffieHellmanKey : SubjectKey
{
    private static readonly DerItem FirstNumber = DerItem.Sequence(
        Of(DerItem.PlainNumber), Of(DerItem.PlainNumber), Opt(DerItem.Any), Opt(DerItem.Any), Opt(DerItem.Any));

    private DiffieHellmanKey(int securityBits, string description)
        : base(KeyKind.AgreementOnly, securityBits, description)
    {
    }

    internal static DiffieHellmanKey? TryDecode(DerValue? parameters, ReadOnlyMemory<byte> key)
    {
        if (parameters is not { Tag: DerTag.Sequence }
            || new DerDecoder(parameters.Content).Decode(FirstNumber) is not { } domain
            || new DerDecoder(key).Decode(CertificateGrammar.Integer) is null)
        {
            return null;
        }

        var modulus = domain[0]!.UnsignedNumber;
        return new DiffieHellmanKey(KeyStrength.OfModulus(modulus), string.Create(CultureInfo.InvariantCulture, $"DH {modulus.GetBitLength()}"));
    }

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => false;
}
