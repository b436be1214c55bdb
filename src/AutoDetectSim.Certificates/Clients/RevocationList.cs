using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Signatures;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>A certificate revocation list (RFC 5280 5). Lists for several issuers, and lists of changes alone, are not understood.</summary>
internal sealed class RevocationList
{
    private const string ReasonCode = "2.5.29.21";
    private const string IssuingDistributionPoint = "2.5.29.28";

    private static readonly string[] Reasons =
    [
        "unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "", "removeFromCRL",
        "privilegeWithdrawn", "aACompromise",
    ];

    private readonly DerValue _list;
    private readonly Dictionary<string, RevocationEntry> _entries;

    private RevocationList(DerValue list)
    {
        _list = list;
        var signed = list[0]!;
        Issuer = signed[2]!.Name!;
        NextUpdate = signed[4] is { } next ? CertificateTime.Create(next).ToDateTimeOffset() : null;
        _entries = (signed[5]?.Children ?? []).OfType<DerValue>()
            .GroupBy(static entry => Convert.ToHexString(entry[0]!.Content.Span), StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => Read(group.First()), StringComparer.Ordinal);
    }

    /// <summary>Whose certificates it lists.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>When the next list is due; null: the list does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Decodes a list; null for anything else, and for a list with a critical extension that is not understood.</summary>
    public static RevocationList? TryDecode(ReadOnlyMemory<byte> der)
    {
        var decoder = new DerDecoder(der);
        return decoder.Decode(RevocationListGrammar.List) is { } list && decoder.Consumed == der.Length
            && IsUnderstood(list[0]![6], static oid => oid == IssuingDistributionPoint)
            && (list[0]![5]?.Children ?? []).All(static entry => IsUnderstood(entry![2], static oid => oid == ReasonCode))
                ? new RevocationList(list) : null;
    }

    /// <summary>Whether an issuer signed the list. Never throws.</summary>
    public bool IsSignedBy(DecodedCertificate issuer)
    {
        var (algorithm, signature) = (_list[1]!, _list[2]!);
        return issuer.Subject.Equals(Issuer)
            && DecodedCertificate.SameAlgorithm(algorithm, _list[0]![1]!)
            && signature.UnusedBits == 0
            && SignatureAlgorithm.Find(ObjectIdentifiers.Dotted(algorithm[0]!.Content.Span)) is { } known
            && issuer.Key.Verify(known, algorithm, _list[0]!.Encoding.Span, signature.Bits.Span);
    }

    /// <summary>Finds what the list says about a certificate.</summary>
    public bool TryFind(DecodedCertificate certificate, [NotNullWhen(true)] out RevocationEntry? entry) =>
        _entries.TryGetValue(Convert.ToHexString(certificate.SerialNumber.Content.Span), out entry);

    private static bool IsUnderstood(DerValue? extensions, Func<string, bool> isKnown) =>
        (extensions?.Children ?? []).All(extension => extension![1] is not { } critical || critical.Content.Span[0] == 0 || isKnown(ObjectIdentifiers.Dotted(extension[0]!.Content.Span)));

    private static RevocationEntry Read(DerValue entry)
    {
        var reason = (entry[2]?.Children ?? []).FirstOrDefault(static extension => ObjectIdentifiers.Dotted(extension![0]!.Content.Span) == ReasonCode);
        var number = reason is null ? null : new DerDecoder(reason[2]!.Content).Decode(RevocationListGrammar.Reason)?.Int64;
        return new RevocationEntry(
            CertificateTime.Create(entry[1]!).ToDateTimeOffset(),
            number is >= 0 and { } known && known < Reasons.Length && Reasons[known].Length > 0 ? Reasons[known] : null);
    }
}

/// <summary>What a revocation list says about a certificate.</summary>
/// <param name="Since">When it was revoked; null for a time that is not one.</param>
/// <param name="Reason">The reason in RFC 5280's words, or null.</param>
internal sealed record RevocationEntry(DateTimeOffset? Since, string? Reason);
