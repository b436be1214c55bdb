using System.Text;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>
/// The extensions of a certificate as OpenSSL caches them. It decodes each at most once; one that occurs twice or does
/// not decode makes the certificate invalid, which is not an error of its own: the certificate then neither has an
/// issuer nor is it one. What else the extensions say still counts.
/// </summary>
internal sealed class CertificateExtensions
{
    /// <summary>The alternative of a distribution point's name that is relative to the issuer of its CRLs.</summary>
    private const int NameRelativeToIssuer = 1;

    private readonly List<Entry> _entries;
    private readonly NodeVersion _version;

    internal CertificateExtensions(DerValue? extensions, NodeVersion version)
    {
        _version = version;
        _entries = new List<Entry>(extensions?.Children.Count ?? 0);
        foreach (var extension in extensions?.Children ?? [])
        {
            var critical = extension![1] is { } flag && flag.Content.Span[0] != 0;
            _entries.Add(new Entry(ObjectIdentifiers.Dotted(extension[0]!.Content.Span), critical, extension[2]!.Content));
        }

        DecodeBasicConstraints();
        DecodeProxyCertInfo();
        DecodeKeyUsage();
        DecodeExtendedKeyUsage();
        DecodeNetscapeCertType();
        SubjectKeyIdentifier = Decode(ExtensionOid.SubjectKeyIdentifier, "subjectKeyIdentifier", CertificateGrammar.OctetString);
        AuthorityKeyIdentifier = Decode(ExtensionOid.AuthorityKeyIdentifier, "authorityKeyIdentifier", ExtensionGrammar.AuthorityKeyIdentifier);
        SubjectAltName = Decode(ExtensionOid.SubjectAltName, "subjectAltName", ExtensionGrammar.GeneralNames);
        NameConstraints = Decode(ExtensionOid.NameConstraints, "nameConstraints", ExtensionGrammar.NameConstraints);
        DecodeCrlDistributionPoints();
        if (EndsEarly)
        {
            return;
        }

        UnhandledCritical = _entries.Find(static e => e.Critical && !ExtensionOid.MayBeCritical(e.Oid))?.Oid;
        IpAddressBlocks = Decode(ExtensionOid.IpAddressBlocks, "ipAddrBlocks", ExtensionGrammar.IpAddressBlocks);
        AsIdentifiers = Decode(ExtensionOid.AsIdentifiers, "autonomousSysIds", ExtensionGrammar.AsIdentifiers);
    }

    /// <summary>Why the certificate is invalid, or null.</summary>
    internal string? Defect { get; private set; }

    /// <summary>
    /// Whether OpenSSL gives up in the middle, at the name of a CRL distribution point. It then refuses the certificate once, when it first meets
    /// it, and knows neither the rest of the extensions nor how strong the signature is.
    /// </summary>
    internal bool EndsEarly { get; private set; }

    /// <summary>The first critical extension that is not understood, or null.</summary>
    internal string? UnhandledCritical { get; }

    /// <summary>The URLs of cRLDistributionPoints (RFC 5280 4.2.1.13): where revocation lists that may name the certificate are.</summary>
    internal IReadOnlyList<string> CrlUrls { get; private set; } = [];

    internal bool HasBasicConstraints { get; private set; }

    internal bool IsCa { get; private set; }

    internal long? PathLength { get; private set; }

    internal bool IsProxy { get; private set; }

    internal long? ProxyPathLength { get; private set; }

    internal KeyUsages? KeyUsage { get; private set; }

    /// <summary>The purposes of extendedKeyUsage as dotted OIDs, or null if the extension is absent.</summary>
    internal IReadOnlyList<string>? ExtendedKeyUsage { get; private set; }

    internal int? NetscapeCertType { get; private set; }

    internal DerValue? SubjectKeyIdentifier { get; }

    internal DerValue? AuthorityKeyIdentifier { get; }

    internal DerValue? SubjectAltName { get; }

    internal DerValue? NameConstraints { get; }

    internal DerValue? IpAddressBlocks { get; }

    internal DerValue? AsIdentifiers { get; }

    /// <summary>authorityInfoAccess, which plays no part in the verdict, or null.</summary>
    internal DerValue? AuthorityInfoAccess => Single(ExtensionOid.AuthorityInfoAccess) is { } entry
        ? new DerDecoder(entry.Value, _version).Decode(ExtensionGrammar.AuthorityInfoAccess)
        : null;

    private void DecodeBasicConstraints()
    {
        if (Decode(ExtensionOid.BasicConstraints, "basicConstraints", ExtensionGrammar.BasicConstraints) is not { } constraints)
        {
            return;
        }

        HasBasicConstraints = true;
        IsCa = constraints[0] is { } flag && flag.Content.Span[0] != 0;
        if (constraints[1] is not { } length)
        {
            return;
        }

        if (length.IsNegative)
        {
            Defect ??= "the path length of basicConstraints is negative";
        }
        else
        {
            PathLength = length.Int64;
        }
    }

    private void DecodeProxyCertInfo()
    {
        if (Decode(ExtensionOid.ProxyCertInfo, "proxyCertInfo", ExtensionGrammar.ProxyCertInfo) is not { } info)
        {
            return;
        }

        IsProxy = true;
        var length = info[0]?.Int64;
        ProxyPathLength = length == -1 ? null : length;
        if (IsCa || _entries.Exists(static e => e.Oid is ExtensionOid.SubjectAltName or ExtensionOid.IssuerAltName))
        {
            Defect ??= "a proxy certificate must not be a CA certificate and must not have alternative names";
        }
    }

    private void DecodeKeyUsage()
    {
        if (Decode(ExtensionOid.KeyUsage, "keyUsage", CertificateGrammar.BitString) is not { } usage)
        {
            return;
        }

        var bits = usage.Bits.Span;
        var value = (bits.Length > 0 ? bits[0] : 0) | (bits.Length > 1 ? bits[1] << 8 : 0);
        KeyUsage = (KeyUsages)value;
        if (value == 0)
        {
            Defect ??= "keyUsage is empty";
        }
    }

    private void DecodeExtendedKeyUsage()
    {
        if (Decode(ExtensionOid.ExtendedKeyUsage, "extendedKeyUsage", ExtensionGrammar.ExtendedKeyUsage) is { } purposes)
        {
            ExtendedKeyUsage = [.. purposes.Children.Select(static p => ObjectIdentifiers.Dotted(p!.Content.Span))];
        }
    }

    private void DecodeNetscapeCertType()
    {
        if (Decode(ExtensionOid.NetscapeCertType, "nsCertType", CertificateGrammar.BitString) is { } type)
        {
            NetscapeCertType = type.Bits.IsEmpty ? 0 : type.Bits.Span[0];
        }
    }

    private void DecodeCrlDistributionPoints()
    {
        var points = Decode(ExtensionOid.CrlDistributionPoints, "cRLDistributionPoints", ExtensionGrammar.CrlDistributionPoints);
        CrlUrls = [.. (points?.Children ?? []).SelectMany(static point => FullName(point!)).Where(static name => name.Alternative == ExtensionGrammar.Uri).Select(static name => Encoding.Latin1.GetString(name[0]!.Content.Span))];
        foreach (var point in points?.Children ?? [])
        {
            if (point![0] is null && point[2] is not { Children.Count: > 0 })
            {
                Defect ??= "a CRL distribution point is empty";
            }

            // The fragment is put behind the issuer's name, which has to become text for that.
            EndsEarly |= _version == NodeVersion.Node20
                && point[0] is { Alternative: NameRelativeToIssuer } name
                && name[0]!.Children.Any(static a => CanonicalString.TryCreate(a![1]!, out _) != ValidationCode.Ok);
        }
    }

    private static IEnumerable<DerValue> FullName(DerValue point) =>
        point[0] is { } name && name.Alternative != NameRelativeToIssuer ? name[0]!.Children.OfType<DerValue>() : [];

    private Entry? Single(string oid)
    {
        Entry? found = null;
        foreach (var entry in _entries)
        {
            if (string.Equals(entry.Oid, oid, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = entry;
            }
        }

        return found;
    }

    private DerValue? Decode(string oid, string name, DerItem grammar)
    {
        if (!_entries.Exists(e => string.Equals(e.Oid, oid, StringComparison.Ordinal)))
        {
            return null;
        }

        if (Single(oid) is not { } entry)
        {
            Defect ??= $"{name} occurs more than once";
            return null;
        }

        var value = new DerDecoder(entry.Value, _version).Decode(grammar);
        if (value is null)
        {
            Defect ??= $"{name} does not decode";
        }

        return value;
    }

    private sealed record Entry(string Oid, bool Critical, ReadOnlyMemory<byte> Value);
}
