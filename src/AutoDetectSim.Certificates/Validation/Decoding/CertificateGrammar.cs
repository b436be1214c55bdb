using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>The grammar of a certificate (RFC 5280 4.1) and of the names in it, with exactly the choices that OpenSSL makes where RFC 5280 leaves a choice.</summary>
internal static class CertificateGrammar
{
    internal static readonly DerItem Integer = DerItem.Primitive(DerTag.Integer);
    internal static readonly DerItem BitString = DerItem.Primitive(DerTag.BitString);
    internal static readonly DerItem OctetString = DerItem.Primitive(DerTag.OctetString);
    internal static readonly DerItem ObjectIdentifier = DerItem.Primitive(DerTag.ObjectIdentifier);
    internal static readonly DerItem BooleanValue = DerItem.Primitive(DerTag.Boolean);
    internal static readonly DerItem Null = DerItem.Primitive(DerTag.Null);

    internal static readonly DerItem Algorithm = DerItem.Sequence(Of(ObjectIdentifier), Opt(DerItem.Any));

    // 7, 8, 9, 11, 13, 14, 15 and 29 are the types that OpenSSL knows no name for and lets pass in a name.
    internal static readonly DerItem AttributeTypeAndValue = DerItem.Sequence(
        Of(ObjectIdentifier),
        Of(DerItem.MultiString(
            DerTag.BitString, DerTag.Utf8String, DerTag.Sequence, DerTag.NumericString, DerTag.PrintableString, DerTag.T61String,
            DerTag.Ia5String, DerTag.UniversalString, DerTag.BmpString, 7, 8, 9, 11, 13, 14, 15, 29)));

    internal static readonly DerItem Name = DerItem.Name(Many(DerItem.Alias(Many(AttributeTypeAndValue, DerRepeat.SetOf))));

    internal static readonly DerItem Time = DerItem.MultiString(DerTag.UtcTime, DerTag.GeneralizedTime);

    internal static readonly DerItem SubjectPublicKeyInfo = DerItem.PublicKey(Of(Algorithm), Of(BitString));

    internal static readonly DerItem Extension = DerItem.Sequence(Of(ObjectIdentifier), Opt(BooleanValue), Of(OctetString));

    internal static readonly DerItem TbsCertificate = DerItem.Sequence(
        ExplicitTag(0, Integer, optional: true),
        Of(Integer),
        Of(Algorithm),
        Of(Name),
        Of(DerItem.Sequence(Of(Time), Of(Time))),
        Of(Name),
        Of(SubjectPublicKeyInfo),
        Implicit(1, BitString, optional: true),
        Implicit(2, BitString, optional: true),
        ExplicitTag(3, Extension, optional: true, DerRepeat.SequenceOf));

    internal static readonly DerItem Certificate = DerItem.Sequence(Of(TbsCertificate), Of(Algorithm), Of(BitString));

    /// <summary>What follows a certificate in a "TRUSTED CERTIFICATE" file: trusted uses, rejected uses, alias, key identifier, other.</summary>
    internal static readonly DerItem TrustSettings = DerItem.Sequence(
        Many(ObjectIdentifier) with { Optional = true },
        Implicit(0, ObjectIdentifier, optional: true, DerRepeat.SequenceOf),
        Opt(DerItem.Primitive(DerTag.Utf8String)),
        Opt(OctetString),
        Implicit(1, Algorithm, optional: true, DerRepeat.SequenceOf));
}
