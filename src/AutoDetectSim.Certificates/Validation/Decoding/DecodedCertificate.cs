using AutoDetectSim.Certificates.Validation.Signatures;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>A certificate as OpenSSL sees it: also one whose extensions or key do not decode. Immutable.</summary>
internal sealed class DecodedCertificate
{
    private readonly Lazy<CertificateSummary> _summary;

    private DecodedCertificate(ReadOnlyMemory<byte> der, DerValue certificate, NodeVersion version)
    {
        Der = der;
        var tbs = certificate[0]!;
        Tbs = tbs.Encoding;
        OuterAlgorithm = certificate[1]!;
        SignatureValue = certificate[2]!;
        IsVersion1 = tbs[0] is not { } number || number.Number.IsZero;
        SerialNumber = tbs[1]!;
        InnerAlgorithm = tbs[2]!;
        Issuer = tbs[3]!.Name!;
        NotBefore = CertificateTime.Create(tbs[4]![0]!);
        NotAfter = CertificateTime.Create(tbs[4]![1]!);
        Subject = tbs[5]!.Name!;
        SubjectPublicKeyInfo = tbs[6]!.Encoding;
        Key = SubjectKey.Decode(tbs[6]!, version);
        Extensions = new CertificateExtensions(tbs[9], version);
        IssuerKeyAlgorithm = SignatureAlgorithm.Find(ObjectIdentifiers.Dotted(InnerAlgorithm[0]!.Content.Span), version);
        OuterSignatureAlgorithm = SignatureAlgorithm.Find(ObjectIdentifiers.Dotted(OuterAlgorithm[0]!.Content.Span), version);
        SelfIssued = Subject.Equals(Issuer);
        SelfSigned = MayBeIssuedBy(this);
        Identity = new ByteKey(Der);
        KeyIdentity = new ByteKey(SubjectPublicKeyInfo);
        _summary = new Lazy<CertificateSummary>(() => CertificateDescription.Summarize(this));
    }

    /// <summary>The certificate as it was sent.</summary>
    internal ReadOnlyMemory<byte> Der { get; }

    /// <summary>All bytes, as a key of caches.</summary>
    internal ByteKey Identity { get; }

    /// <summary>The bytes of the public key with its algorithm, as a key of caches.</summary>
    internal ByteKey KeyIdentity { get; }

    /// <summary>The signed part.</summary>
    internal ReadOnlyMemory<byte> Tbs { get; }

    internal ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The algorithm beside the signature, with which it is verified.</summary>
    internal DerValue OuterAlgorithm { get; }

    /// <summary>The algorithm in the signed part, by which an issuer's kind of key is chosen.</summary>
    internal DerValue InnerAlgorithm { get; }

    internal DerValue SignatureValue { get; }

    internal DerValue SerialNumber { get; }

    internal DistinguishedName Issuer { get; }

    internal DistinguishedName Subject { get; }

    internal CertificateTime NotBefore { get; }

    internal CertificateTime NotAfter { get; }

    internal SubjectKey Key { get; }

    internal CertificateExtensions Extensions { get; }

    /// <summary>The algorithm of <see cref="InnerAlgorithm"/>, or null if OpenSSL does not know its kind of key.</summary>
    internal SignatureAlgorithm? IssuerKeyAlgorithm { get; }

    /// <summary>The algorithm of <see cref="OuterAlgorithm"/>, or null if OpenSSL does not know its kind of key.</summary>
    internal SignatureAlgorithm? OuterSignatureAlgorithm { get; }

    internal bool IsVersion1 { get; }

    /// <summary>Whether subject and issuer are equal.</summary>
    internal bool SelfIssued { get; }

    /// <summary>Whether nothing contradicts that the certificate signed itself. The signature is not looked at.</summary>
    internal bool SelfSigned { get; }

    /// <summary>Whether every extension that counts occurs once and decodes.</summary>
    internal bool IsValid => Extensions.Defect is null;

    internal CertificateSummary Summary => _summary.Value;

    /// <summary>Decodes one certificate.</summary>
    /// <param name="der">The bytes; more may follow.</param>
    /// <param name="consumed">How many bytes the certificate takes.</param>
    /// <param name="error">What OpenSSL complains of, if it does.</param>
    /// <param name="version">Whose OpenSSL decodes.</param>
    /// <returns>Null if it does not decode.</returns>
    internal static DecodedCertificate? TryDecode(ReadOnlyMemory<byte> der, out int consumed, out ValidationCode error, NodeVersion version = NodeVersion.Node20)
    {
        var decoder = new DerDecoder(der, version);
        var value = decoder.Decode(CertificateGrammar.Certificate);
        consumed = decoder.Consumed;
        error = decoder.Error;
        return value is null ? null : new DecodedCertificate(der[..consumed], value, version);
    }

    /// <summary>Whether this certificate could have been issued by the other one, as far as can be told without checking the signature.</summary>
    internal bool MayBeIssuedBy(DecodedCertificate issuer) =>
        issuer.Subject.Equals(Issuer) && issuer.IsValid && IsValid && MatchesKeyIdentifierOf(issuer) && FitsKeyOf(issuer);

    /// <summary>Whether the signature verifies with the other certificate's key. Never throws.</summary>
    internal bool IsSignedBy(DecodedCertificate issuer) =>
        SameAlgorithm(OuterAlgorithm, InnerAlgorithm)
        && SignatureValue.UnusedBits == 0
        && OuterSignatureAlgorithm is { } algorithm
        && issuer.Key.Verify(algorithm, OuterAlgorithm, Tbs.Span, SignatureValue.Bits.Span);

    /// <summary>Whether both are the same certificate.</summary>
    internal bool SameAs(DecodedCertificate other) =>
        ReferenceEquals(this, other)
        || (Tbs.Span.SequenceEqual(other.Tbs.Span)
            && DerValue.Same(SignatureValue, other.SignatureValue)
            && SameAlgorithm(OuterAlgorithm, other.OuterAlgorithm));

    internal static bool SameAlgorithm(DerValue a, DerValue b) => DerValue.Same(a[0], b[0]) && DerValue.Same(a[1], b[1]);

    private bool FitsKeyOf(DecodedCertificate issuer) =>
        issuer.Key.IsDecodable && IssuerKeyAlgorithm is { } algorithm && algorithm.Fits(issuer.Key.Kind);

    private bool MatchesKeyIdentifierOf(DecodedCertificate issuer)
    {
        if (Extensions.AuthorityKeyIdentifier is not { } identifier)
        {
            return true;
        }

        if (identifier[0] is { } key && issuer.Extensions.SubjectKeyIdentifier is { } subjectKey
            && !key.Content.Span.SequenceEqual(subjectKey.Content.Span))
        {
            return false;
        }

        if (identifier[2] is { } serial && !serial.Content.Span.SequenceEqual(issuer.SerialNumber.Content.Span))
        {
            return false;
        }

        // Only the first directoryName counts; the others, and names of other kinds, are ignored.
        foreach (var name in identifier[1]?.Children ?? [])
        {
            if (name!.Alternative == ExtensionGrammar.DirectoryName)
            {
                return name[0]!.Name!.Equals(issuer.Issuer);
            }
        }

        return true;
    }
}
