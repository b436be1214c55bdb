namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>One extension to be.</summary>
internal sealed record ExtensionPlan(string Oid, byte[] Value, bool Critical = false)
{
    public const string SubjectKeyIdentifierOid = "2.5.29.14";
    public const string KeyUsageOid = "2.5.29.15";
    public const string SubjectAltNameOid = "2.5.29.17";
    public const string BasicConstraintsOid = "2.5.29.19";
    public const string NameConstraintsOid = "2.5.29.30";
    public const string AuthorityKeyIdentifierOid = "2.5.29.35";
    public const string ExtendedKeyUsageOid = "2.5.29.37";
    public const string NetscapeCertTypeOid = "2.16.840.1.113730.1.1";
    public const string ProxyCertInfoOid = "1.3.6.1.5.5.7.1.14";

    public byte[] Encode() => Der.Sequence(Der.Oid(Oid), Critical ? Der.Boolean(0xFF) : [], Der.OctetString(Value));

    public static ExtensionPlan BasicConstraints(bool? ca, long? pathLength = null, bool critical = true) => new(
        BasicConstraintsOid, Der.Sequence(ca == true ? Der.Boolean(0xFF) : [], pathLength is { } n ? Der.Integer(n) : []), critical);

    /// <summary>keyUsage with the bits of RFC 5280's list, counted from 0.</summary>
    public static ExtensionPlan KeyUsage(params int[] bits)
    {
        if (bits.Length == 0)
        {
            return new(KeyUsageOid, Der.BitString([]), true);
        }

        var bytes = new byte[(bits.Max() / 8) + 1];
        foreach (var bit in bits)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new(KeyUsageOid, Der.BitString(bytes, System.Numerics.BitOperations.TrailingZeroCount(bytes[^1])), true);
    }

    public static ExtensionPlan ExtendedKeyUsage(params string[] purposes) => new(ExtendedKeyUsageOid, Der.Sequence(purposes.Select(Der.Oid)));

    public static ExtensionPlan SubjectAltName(params IEnumerable<byte[]> names) => new(SubjectAltNameOid, Der.Sequence(names));

    public static ExtensionPlan SubjectKeyIdentifier(byte[] id) => new(SubjectKeyIdentifierOid, Der.OctetString(id));

    public static ExtensionPlan AuthorityKeyIdentifier(byte[]? id, byte[]? issuerNames = null, byte[]? serial = null) => new(AuthorityKeyIdentifierOid, Der.Sequence(
        id is null ? [] : Der.Tlv(0x80, id),
        issuerNames is null ? [] : Der.Tlv(0xA1, issuerNames),
        serial is null ? [] : Der.Tlv(0x82, serial)));

    public static ExtensionPlan NameConstraints(IReadOnlyList<byte[]> permitted, IReadOnlyList<byte[]> excluded, bool critical = true) => new(
        NameConstraintsOid,
        Der.Sequence(
            permitted.Count == 0 ? [] : Der.Tlv(0xA0, permitted.Select(p => Der.Sequence(p))),
            excluded.Count == 0 ? [] : Der.Tlv(0xA1, excluded.Select(p => Der.Sequence(p)))),
        critical);

    public static ExtensionPlan Proxy(long? pathLength) => new(
        ProxyCertInfoOid, Der.Sequence(pathLength is { } n ? Der.Integer(n) : [], Der.Sequence(Der.Oid("1.3.6.1.5.5.7.21.1"))), true);

    public static ExtensionPlan NetscapeCertType(byte bits) => new(NetscapeCertTypeOid, Der.BitString([bits]));
}
