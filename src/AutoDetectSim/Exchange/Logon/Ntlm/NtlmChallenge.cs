using System.Buffers.Binary;
using System.Text;
using AutoDetectSim.Exchange.Organizations;

namespace AutoDetectSim.Exchange.Logon.Ntlm;

/// <summary>The CHALLENGE_MESSAGE of a server (MS-NLMP 2.2.1.2). As on real servers it names the node that sent it.</summary>
internal static class NtlmChallenge
{
    private const int FixedLength = 56;

    // MS-NLMP 2.2.2.5, the set that domain members send: Unicode, REQUEST_TARGET, NTLM, ALWAYS_SIGN, TARGET_TYPE_DOMAIN,
    // EXTENDED_SESSIONSECURITY, TARGET_INFO, VERSION, 128, 56.
    private const uint Flags = 0xA289_8205;

    /// <summary>MsvAv names of MS-NLMP 2.2.2.1.</summary>
    private enum Pair : ushort
    {
        End = 0,
        NetBiosComputerName = 1,
        NetBiosDomainName = 2,
        DnsComputerName = 3,
        DnsDomainName = 4,
        DnsTreeName = 5,
        Timestamp = 7,
    }

    /// <summary>Makes the message.</summary>
    /// <param name="node">The server.</param>
    /// <param name="organization">The organization whose domain the server is in.</param>
    /// <param name="nonce">The eight bytes that the client has to answer.</param>
    /// <param name="now">The time of the server.</param>
    public static byte[] Create(ExchangeNode node, Organization organization, ReadOnlySpan<byte> nonce, DateTimeOffset now)
    {
        var domain = NetBiosDomain(organization);
        var target = Encoding.Unicode.GetBytes(domain);
        var information = new MemoryStream();
        Add(information, Pair.NetBiosDomainName, Encoding.Unicode.GetBytes(domain));
        Add(information, Pair.NetBiosComputerName, Encoding.Unicode.GetBytes(node.NetBiosName));
        Add(information, Pair.DnsDomainName, Encoding.Unicode.GetBytes(organization.InternalDomain));
        Add(information, Pair.DnsComputerName, Encoding.Unicode.GetBytes(node.Fqdn));
        Add(information, Pair.DnsTreeName, Encoding.Unicode.GetBytes(organization.InternalDomain));
        var time = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(time, now.ToFileTime());
        Add(information, Pair.Timestamp, time);
        Add(information, Pair.End, []);

        var message = new byte[FixedLength + target.Length + (int)information.Length];
        NtlmMessage.Signature.CopyTo(message);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), NtlmMessage.Challenge);
        WriteField(message.AsSpan(12), FixedLength, target.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), Flags);
        nonce.CopyTo(message.AsSpan(24));
        WriteField(message.AsSpan(40), FixedLength + target.Length, (int)information.Length);
        // Windows Server 2016, NTLMSSP revision 15 (MS-NLMP 2.2.2.10).
        ((ReadOnlySpan<byte>)[10, 0, 0x39, 0x38, 0, 0, 0, 15]).CopyTo(message.AsSpan(48));
        target.CopyTo(message, FixedLength);
        information.ToArray().CopyTo(message, FixedLength + target.Length);
        return message;
    }

    /// <summary>The NetBIOS name of the domain: its first label in upper case.</summary>
    private static string NetBiosDomain(Organization organization) => organization.InternalDomain.Split('.')[0].ToUpperInvariant();

    private static void WriteField(Span<byte> field, int offset, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(field[2..], (ushort)length);
        BinaryPrimitives.WriteUInt32LittleEndian(field[4..], (uint)offset);
    }

    private static void Add(MemoryStream information, Pair pair, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)pair);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)value.Length);
        information.Write(head);
        information.Write(value);
    }
}
