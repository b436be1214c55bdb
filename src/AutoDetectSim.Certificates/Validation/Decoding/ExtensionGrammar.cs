using static AutoDetectSim.Certificates.Validation.Decoding.CertificateGrammar;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>The grammar of the extensions that OpenSSL decodes while it judges a chain (RFC 5280 4.2, RFC 3820, RFC 3779).</summary>
internal static class ExtensionGrammar
{
    /// <summary>The alternatives of GeneralName: their position is their context-specific tag.</summary>
    internal const int OtherName = 0;
    internal const int Email = 1;
    internal const int Dns = 2;
    internal const int DirectoryName = 4;
    internal const int Uri = 6;
    internal const int IpAddress = 7;
    internal const int RegisteredId = 8;

    private static readonly DerItem Ia5String = DerItem.Primitive(DerTag.Ia5String);

    private static readonly DerItem DirectoryString = DerItem.MultiString(
        DerTag.PrintableString, DerTag.T61String, DerTag.BmpString, DerTag.UniversalString, DerTag.Utf8String);

    internal static readonly DerItem GeneralName = DerItem.Choice(
        Implicit(OtherName, DerItem.Sequence(Of(ObjectIdentifier), ExplicitTag(0, DerItem.Any))),
        Implicit(Email, Ia5String),
        Implicit(Dns, Ia5String),
        Implicit(3, DerItem.Primitive(DerTag.Sequence)),
        ExplicitTag(DirectoryName, Name),
        Implicit(5, DerItem.Sequence(ExplicitTag(0, DirectoryString, optional: true), ExplicitTag(1, DirectoryString))),
        Implicit(Uri, Ia5String),
        Implicit(IpAddress, OctetString),
        Implicit(RegisteredId, ObjectIdentifier));

    internal static readonly DerItem GeneralNames = DerItem.Alias(Many(GeneralName));

    internal static readonly DerItem BasicConstraints = DerItem.Sequence(Opt(BooleanValue), Opt(Integer));

    internal static readonly DerItem ProxyCertInfo = DerItem.Sequence(
        Opt(Integer),
        Of(DerItem.Sequence(Of(ObjectIdentifier), Opt(OctetString))));

    internal static readonly DerItem ExtendedKeyUsage = DerItem.Alias(Many(ObjectIdentifier));

    internal static readonly DerItem AuthorityKeyIdentifier = DerItem.Sequence(
        Implicit(0, OctetString, optional: true),
        Implicit(1, GeneralName, optional: true, DerRepeat.SequenceOf),
        Implicit(2, Integer, optional: true));

    private static readonly DerItem GeneralSubtree = DerItem.Sequence(
        Of(GeneralName),
        Implicit(0, Integer, optional: true),
        Implicit(1, Integer, optional: true));

    internal static readonly DerItem NameConstraints = DerItem.Sequence(
        Implicit(0, GeneralSubtree, optional: true, DerRepeat.SequenceOf),
        Implicit(1, GeneralSubtree, optional: true, DerRepeat.SequenceOf));

    internal static readonly DerItem CrlDistributionPoints = DerItem.Alias(Many(DerItem.Sequence(
        ExplicitTag(
            0,
            DerItem.Choice(
                Implicit(0, GeneralName, repeat: DerRepeat.SequenceOf),
                Implicit(1, AttributeTypeAndValue, repeat: DerRepeat.SetOf)),
            optional: true),
        Implicit(1, BitString, optional: true),
        Implicit(2, GeneralName, optional: true, DerRepeat.SequenceOf))));

    internal static readonly DerItem AuthorityInfoAccess = DerItem.Alias(Many(DerItem.Sequence(Of(ObjectIdentifier), Of(GeneralName))));

    internal static readonly DerItem IpAddressBlocks = DerItem.Alias(Many(DerItem.Sequence(
        Of(OctetString),
        Of(DerItem.Choice(
            Of(Null),
            Many(DerItem.Choice(Of(BitString), Of(DerItem.Sequence(Of(BitString), Of(BitString))))))))));

    private static readonly DerItem AsIdentifierChoice = DerItem.Choice(
        Of(Null),
        Many(DerItem.Choice(Of(Integer), Of(DerItem.Sequence(Of(Integer), Of(Integer))))));

    internal static readonly DerItem AsIdentifiers = DerItem.Sequence(
        ExplicitTag(0, AsIdentifierChoice, optional: true),
        ExplicitTag(1, AsIdentifierChoice, optional: true));
}
