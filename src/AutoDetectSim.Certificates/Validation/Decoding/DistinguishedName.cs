using System.Formats.Asn1;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>
/// A distinguished name, comparable in OpenSSL's canonical form: every string as UTF-8, ASCII letters in lower case,
/// white space at the ends removed and inside collapsed, the attributes of a multi-valued RDN sorted. Other than in
/// RFC 5280 7.1 there is no Unicode normalisation, and the case of non-ASCII letters counts.
/// </summary>
internal sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly byte[] _canonical;
    private readonly int _hash;
    private string? _text;

    private DistinguishedName(ReadOnlyMemory<byte> encoding, IReadOnlyList<NameAttribute> attributes, byte[] canonical)
    {
        Encoding = encoding;
        Attributes = attributes;
        _canonical = canonical;
        var hash = default(HashCode);
        hash.AddBytes(canonical);
        _hash = hash.ToHashCode();
    }

    /// <summary>The name as it is encoded.</summary>
    internal ReadOnlyMemory<byte> Encoding { get; }

    /// <summary>All attributes in order.</summary>
    internal IReadOnlyList<NameAttribute> Attributes { get; }

    internal bool IsEmpty => Attributes.Count == 0;

    public bool Equals(DistinguishedName? other) =>
        other is not null && _hash == other._hash && _canonical.AsSpan().SequenceEqual(other._canonical);

    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    public override int GetHashCode() => _hash;

    /// <summary>The name in RFC 4514 form.</summary>
    public override string ToString() => _text ??= NameText.Format(Attributes);

    /// <summary>Whether this name's RDNs are the first RDNs of the other one: the rule for directoryName constraints.</summary>
    internal bool IsPrefixOf(DistinguishedName other) => other._canonical.AsSpan().StartsWith(_canonical);

    /// <summary>The canonical form of all attributes but the last, for the rule of RFC 3820 3.4.</summary>
    internal bool EqualsWithoutLast(DistinguishedName other)
    {
        var kept = Attributes.Take(Attributes.Count - 1).ToList();
        return Canonicalize(kept, out var canonical) == ValidationCode.Ok && canonical.AsSpan().SequenceEqual(other._canonical);
    }

    /// <summary>Makes a name of its decoded RDNs.</summary>
    /// <returns>The error that OpenSSL reports if a string cannot be brought into canonical form.</returns>
    internal static ValidationCode TryCreate(DerValue rdns, ReadOnlyMemory<byte> encoding, out DistinguishedName? name)
    {
        var attributes = new List<NameAttribute>(rdns.Children.Count);
        for (var rdn = 0; rdn < rdns.Children.Count; rdn++)
        {
            foreach (var attribute in rdns.Children[rdn]!.Children)
            {
                attributes.Add(new NameAttribute(rdn, attribute![0]!.Content, attribute[1]!));
            }
        }

        var error = Canonicalize(attributes, out var canonical);
        name = error == ValidationCode.Ok ? new DistinguishedName(encoding, attributes, canonical) : null;
        return error;
    }

    private static ValidationCode Canonicalize(List<NameAttribute> attributes, out byte[] canonical)
    {
        canonical = [];
        var writer = new AsnWriter(AsnEncodingRules.DER);
        for (var i = 0; i < attributes.Count;)
        {
            var rdn = attributes[i].Rdn;

            // AsnWriter sorts the elements of a SET OF, as OpenSSL does.
            using (writer.PushSetOf())
            {
                for (; i < attributes.Count && attributes[i].Rdn == rdn; i++)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue([DerTag.ObjectIdentifier, .. Length(attributes[i].Oid.Length), .. attributes[i].Oid.Span]);
                        var error = CanonicalString.TryCreate(attributes[i].Value, out var value);
                        if (error != ValidationCode.Ok)
                        {
                            return error;
                        }

                        writer.WriteOctetString(value);
                    }
                }
            }
        }

        canonical = writer.Encode();
        return ValidationCode.Ok;
    }

    private static byte[] Length(int length)
    {
        if (length < 0x80)
        {
            return [(byte)length];
        }

        return length < 0x100 ? [0x81, (byte)length] : [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
    }
}
