using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>
/// The header of the PROXY protocol, version 2 (HAProxy's proxy-protocol.txt), by which a part tells a load balancer of the lab who connects: the source address in the lab
/// network, and the session, in an own field. Connections of one detection belong together by it, as they do in a lab of one process.
/// </summary>
/// <param name="Source">The source address; null: the header names none.</param>
/// <param name="Session">The session; null: the header names none.</param>
internal sealed record ProxyHeader(IPAddress? Source, long? Session)
{
    /// <summary>The bytes up to the length of the rest.</summary>
    public const int FixedLength = 16;

    private const byte VersionAndProxy = 0x21;
    private const byte TcpOverIpv4 = 0x11;
    private const byte TcpOverIpv6 = 0x21;
    private const byte SessionField = 0xE0;
    private const int FieldHeader = 3;
    private const int Ports = 4;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Whether bytes begin as such a header does, as far as they go.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && Signature.StartsWith(bytes[..Math.Min(bytes.Length, Signature.Length)]);

    /// <summary>The length of the header that bytes begin with, of which there are <see cref="FixedLength"/> at least.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes) => FixedLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);

    /// <summary>The header for a caller.</summary>
    public static byte[] Write(Caller caller)
    {
        var address = caller.Address.GetAddressBytes();
        var rest = (address.Length * 2) + Ports + FieldHeader + sizeof(long);
        var header = new byte[FixedLength + rest];
        Signature.CopyTo(header);
        header[12] = VersionAndProxy;
        header[13] = caller.Address.AddressFamily == AddressFamily.InterNetworkV6 ? TcpOverIpv6 : TcpOverIpv4;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)rest);
        address.CopyTo(header, FixedLength);
        var field = header.AsSpan(FixedLength + (address.Length * 2) + Ports);
        field[0] = SessionField;
        BinaryPrimitives.WriteUInt16BigEndian(field[1..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(field[FieldHeader..], caller.Session);
        return header;
    }

    /// <summary>Reads a whole header; null if it is not valid.</summary>
    public static ProxyHeader? Read(ReadOnlySpan<byte> header)
    {
        if (header[12] >> 4 != 2)
        {
            return null;
        }

        var size = (header[13] >> 4) switch { 1 => 4, 2 => 16, _ => 0 };
        var rest = header[FixedLength..];
        var end = size == 0 ? 0 : (size * 2) + Ports;
        if (rest.Length < end)
        {
            return null;
        }

        // LOCAL (0x20) is a health check of the proxy itself, and has no source.
        var source = size == 0 || (header[12] & 0xF) == 0 ? null : new IPAddress(rest[..size]);
        long? session = null;
        for (rest = rest[end..]; rest.Length >= FieldHeader;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
            if (rest.Length < FieldHeader + length)
            {
                return null;
            }

            session = rest[0] == SessionField && length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(rest[FieldHeader..]) : session;
            rest = rest[(FieldHeader + length)..];
        }

        return new ProxyHeader(source, session);
    }
}
