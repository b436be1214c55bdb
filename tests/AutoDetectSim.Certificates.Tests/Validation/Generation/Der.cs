using System.Formats.Asn1;
using System.Net;
using System.Text;

namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>DER, also wrong DER, piece by piece.</summary>
internal static class Der
{
    public static byte[] Tlv(int tag, params IEnumerable<byte[]> contents)
    {
        var content = contents.SelectMany(c => c).ToArray();
        return [(byte)tag, .. Length(content.Length), .. content];
    }

    public static byte[] Sequence(params IEnumerable<byte[]> contents) => Tlv(0x30, contents);

    public static byte[] Set(params IEnumerable<byte[]> contents) => Tlv(0x31, contents);

    public static byte[] OctetString(byte[] content) => Tlv(0x04, content);

    public static byte[] BitString(byte[] content, int unused = 0) => Tlv(0x03, [(byte)unused], content);

    public static byte[] Boolean(byte value) => Tlv(0x01, [value]);

    public static byte[] Null() => [0x05, 0x00];

    public static byte[] Integer(long value) => Write(w => w.WriteInteger(value));

    public static byte[] Oid(string oid) => Write(w => w.WriteObjectIdentifier(oid));

    public static byte[] Text(int tag, string text) => Tlv(tag, tag switch
    {
        0x0C => Encoding.UTF8.GetBytes(text),
        0x1E => Encoding.BigEndianUnicode.GetBytes(text),
        0x1C => Encoding.GetEncoding("utf-32BE").GetBytes(text),
        _ => Encoding.Latin1.GetBytes(text),
    });

    public static byte[] Explicit(int tag, byte[] content) => Tlv(0xA0 | tag, content);

    public static byte[] DnsName(string name) => Text(0x82, name);

    public static byte[] Email(string name) => Text(0x81, name);

    public static byte[] Uri(string name) => Text(0x86, name);

    public static byte[] Ip(string address) => Tlv(0x87, IPAddress.Parse(address).GetAddressBytes());

    public static byte[] Subnet(string network, string mask) => Tlv(0x87, IPAddress.Parse(network).GetAddressBytes(), IPAddress.Parse(mask).GetAddressBytes());

    public static byte[] DirectoryName(byte[] name) => Explicit(4, name);

    public static byte[] RegisteredId(string oid) => [0x88, .. Oid(oid)[1..]];

    public static byte[] OtherName(string oid, byte[] value) => Tlv(0xA0, Oid(oid), Explicit(0, value));

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        < 0x10000 => [0x82, (byte)(length >> 8), (byte)length],
        _ => [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
