using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>What an AV pair says (MS-NLMP 2.2.2.1).</summary>
internal enum AvId : ushort
{
    EndOfList = 0,
    NetBiosComputerName = 1,
    NetBiosDomainName = 2,
    DnsComputerName = 3,
    DnsDomainName = 4,
    DnsTreeName = 5,
    Flags = 6,
    Timestamp = 7,
    TargetName = 9,
    ChannelBindings = 10,
}

/// <summary>A list of AV pairs, in order: what a server says of itself, and what a client says of the connection.</summary>
internal sealed record TargetInfo(IReadOnlyList<(AvId Id, byte[] Value)> Pairs)
{
    private const int HeaderLength = 4;
    private const int MaximumPairs = 64;

    /// <summary>The value of a pair; null when there is none.</summary>
    public byte[]? this[AvId id] => Pairs.FirstOrDefault(pair => pair.Id == id).Value;

    /// <summary>The same with a pair more.</summary>
    public TargetInfo With(AvId id, byte[] value) => new([.. Pairs.Where(pair => pair.Id != id), (id, value)]);

    /// <summary>The same with a text more.</summary>
    public TargetInfo With(AvId id, string text) => With(id, Encoding.Unicode.GetBytes(text));

    /// <summary>Reads a list; false when it does not end.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TargetInfo info)
    {
        var pairs = new List<(AvId, byte[])>();
        info = new TargetInfo(pairs);
        while (bytes.Length >= HeaderLength && pairs.Count < MaximumPairs)
        {
            var id = (AvId)BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            if (id == AvId.EndOfList)
            {
                return true;
            }

            if (length > bytes.Length - HeaderLength)
            {
                return false;
            }

            pairs.Add((id, bytes.Slice(HeaderLength, length).ToArray()));
            bytes = bytes[(HeaderLength + length)..];
        }

        return false;
    }

    /// <summary>The list with its end.</summary>
    public byte[] Write()
    {
        var bytes = new List<byte>();
        foreach (var (id, value) in Pairs.Append((AvId.EndOfList, [])))
        {
            bytes.AddRange([(byte)id, (byte)((ushort)id >> 8), (byte)value.Length, (byte)(value.Length >> 8), .. value]);
        }

        return [.. bytes];
    }
}
