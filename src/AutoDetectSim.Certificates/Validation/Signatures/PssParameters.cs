using AutoDetectSim.Certificates.Validation.Decoding;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>RSASSA-PSS-params (RFC 4055 3.1).</summary>
/// <param name="Digest">The digest of the message.</param>
/// <param name="MaskDigest">The digest of the mask generation function MGF1.</param>
/// <param name="SaltLength">The length of the salt in bytes.</param>
internal sealed record PssParameters(DigestKind Digest, DigestKind MaskDigest, int SaltLength)
{
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const int DefaultSaltLength = 20;

    private static readonly DerItem Grammar = DerItem.Sequence(
        ExplicitTag(0, CertificateGrammar.Algorithm, optional: true),
        ExplicitTag(1, CertificateGrammar.Algorithm, optional: true),
        ExplicitTag(2, CertificateGrammar.Integer, optional: true),
        ExplicitTag(3, CertificateGrammar.Integer, optional: true));

    /// <summary>Decodes the parameters of an AlgorithmIdentifier.</summary>
    /// <param name="parameters">The parameters, or null if absent.</param>
    /// <param name="strict">Whether the salt length must not be negative and the trailer field must be 1.</param>
    /// <returns>Null if they are absent, do not decode or name an unknown digest.</returns>
    internal static PssParameters? Decode(DerValue? parameters, bool strict)
    {
        if (parameters is not { Tag: DerTag.Sequence } || new DerDecoder(parameters.Content).Decode(Grammar) is not { } pss)
        {
            return null;
        }

        DigestKind? digest = DigestKind.Sha1, mask = DigestKind.Sha1;
        if (pss[0] is { } hash)
        {
            digest = Digests.Find(ObjectIdentifiers.Dotted(hash[0]!.Content.Span));
        }

        if (pss[1] is { } generator)
        {
            mask = MaskDigestOf(generator);
        }

        var salt = pss[2] is { } length ? length.Int64 : DefaultSaltLength;
        var trailer = pss[3] is { } field ? field.Int64 : 1;
        if (digest is null || mask is null || salt is null or > int.MaxValue or < int.MinValue || (strict && (salt < 0 || trailer != 1)))
        {
            return null;
        }

        return new PssParameters(digest.Value, mask.Value, (int)salt.Value);
    }

    private static DigestKind? MaskDigestOf(DerValue generator)
    {
        if (ObjectIdentifiers.Dotted(generator[0]!.Content.Span) is not Mgf1 || generator[1] is not { Tag: DerTag.Sequence } inner)
        {
            return null;
        }

        return new DerDecoder(inner.Content).Decode(CertificateGrammar.Algorithm) is { } algorithm
            ? Digests.Find(ObjectIdentifiers.Dotted(algorithm[0]!.Content.Span))
            : null;
    }
}
