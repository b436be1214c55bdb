using System.Globalization;
using AutoDetectSim.Certificates.Validation.Decoding;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>A Diffie-Hellman key (PKCS #3 or X9.42): it decodes and has a strength, but verifies nothing.</summary>
internal sealed class DiffieHellmanKey : SubjectKey
{
    // Prime, generator and, at the most, the length of private numbers.
    private static readonly DerItem Pkcs3 = DerItem.Sequence(Of(DerItem.PlainNumber), Of(DerItem.PlainNumber), Opt(CertificateGrammar.Integer));

    // Prime, generator, order, and at the most a factor and how the parameters were found.
    private static readonly DerItem X942 = DerItem.Sequence(
        Of(DerItem.PlainNumber),
        Of(DerItem.PlainNumber),
        Of(DerItem.PlainNumber),
        Opt(DerItem.PlainNumber),
        Opt(DerItem.Sequence(Of(CertificateGrammar.BitString), Of(DerItem.PlainNumber))));

    private DiffieHellmanKey(int securityBits, string description)
        : base(KeyKind.AgreementOnly, securityBits, description)
    {
    }

    internal static DiffieHellmanKey? TryDecode(DerValue? parameters, ReadOnlyMemory<byte> key, bool isX942)
    {
        if (parameters is not { Tag: DerTag.Sequence }
            || new DerDecoder(parameters.Content).Decode(isX942 ? X942 : Pkcs3) is not { } domain
            || new DerDecoder(key).Decode(CertificateGrammar.Integer) is null)
        {
            return null;
        }

        var modulus = domain[0]!.UnsignedNumber;
        return new DiffieHellmanKey(KeyStrength.OfModulus(modulus), string.Create(CultureInfo.InvariantCulture, $"DH {modulus.GetBitLength()}"));
    }

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => false;
}
