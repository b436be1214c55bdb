using static AutoDetectSim.Certificates.Validation.Decoding.CertificateGrammar;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>The grammar of a certificate revocation list (RFC 5280 5.1).</summary>
internal static class RevocationListGrammar
{
    /// <summary>The fields of one entry: serial number, time, extensions.</summary>
    internal static readonly DerItem Entry = DerItem.Sequence(Of(Integer), Of(Time), Many(Extension) with { Optional = true });

    /// <summary>The fields of the signed part: version, algorithm, issuer, this update, next update, entries, extensions.</summary>
    internal static readonly DerItem List = DerItem.Sequence(
        Of(DerItem.Sequence(
            Opt(Integer),
            Of(Algorithm),
            Of(Name),
            Of(Time),
            Opt(Time),
            Many(Entry) with { Optional = true },
            ExplicitTag(0, Extension, optional: true, DerRepeat.SequenceOf))),
        Of(Algorithm),
        Of(BitString));

    /// <summary>The value of an entry's reasonCode.</summary>
    internal static readonly DerItem Reason = DerItem.Primitive(DerTag.Enumerated);
}
