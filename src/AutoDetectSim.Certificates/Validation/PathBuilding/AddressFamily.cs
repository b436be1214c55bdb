using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>The addresses of one family in an RFC 3779 extension.</summary>
internal sealed class AddressFamily
{
    private readonly IReadOnlyList<DerValue?> _entries;
    private readonly int _size;

    private AddressFamily(DerValue family)
    {
        Key = family[0]!.Content;
        Inherits = family[1]!.Alternative == 0;
        _entries = Inherits ? [] : family[1]![0]!.Children;
        _size = Key.Length < 2 ? 0 : (Key.Span[0], Key.Span[1]) switch { (0, 1) => 4, (0, 2) => 16, _ => 0 };
    }

    /// <summary>The address family identifier (RFC 3779 2.2.3.3), two or three bytes if it is well-formed.</summary>
    internal ReadOnlyMemory<byte> Key { get; }

    /// <summary>Whether the addresses are those of the issuer.</summary>
    internal bool Inherits { get; }

    internal bool HasValidKey => Key.Length is 2 or 3;

    internal static List<AddressFamily> ListOf(DerValue? blocks) => blocks is null ? [] : [.. blocks.Children.Select(static f => new AddressFamily(f!))];

    /// <summary>RFC 3779 2.2.3: families and addresses in order, nothing adjacent or overlapping, prefixes wherever possible.</summary>
    internal static bool AreCanonical(IReadOnlyList<AddressFamily> families)
    {
        for (var i = 0; i + 1 < families.Count; i++)
        {
            if (!families[i].HasValidKey || !families[i + 1].HasValidKey || families[i].Key.Span.SequenceCompareTo(families[i + 1].Key.Span) >= 0)
            {
                return false;
            }
        }

        return families.All(static f => f.IsCanonical());
    }

    /// <summary>Whether every address of the other family's list is in this one's.</summary>
    internal bool Contains(AddressFamily child)
    {
        var p = 0;
        foreach (var entry in child._entries)
        {
            if (!child.TryExpand(entry!, out var least, out var greatest))
            {
                return false;
            }

            while (true)
            {
                if (p >= _entries.Count || !TryExpand(_entries[p]!, out var parentLeast, out var parentGreatest))
                {
                    return false;
                }

                if (Compare(parentGreatest, greatest) >= 0)
                {
                    if (Compare(parentLeast, least) > 0)
                    {
                        return false;
                    }

                    break;
                }

                p++;
            }
        }

        return true;
    }

    private bool IsCanonical()
    {
        if (Inherits)
        {
            return true;
        }

        if (!HasValidKey || _entries.Count == 0)
        {
            return false;
        }

        for (var i = 0; i + 1 < _entries.Count; i++)
        {
            if (!TryExpand(_entries[i]!, out var least, out var greatest) || !TryExpand(_entries[i + 1]!, out var nextLeast, out var nextGreatest)
                || Compare(least, nextLeast) >= 0 || Compare(least, greatest) > 0 || Compare(nextLeast, nextGreatest) > 0
                || Compare(greatest, Decrement(nextLeast)) >= 0
                || (IsRange(_entries[i]!) && IsPrefix(least, greatest)))
            {
                return false;
            }
        }

        var last = _entries[^1]!;
        return !IsRange(last)
            || (TryExpand(last, out var first, out var end) && Compare(first, end) <= 0 && !IsPrefix(first, end));
    }

    private static bool IsRange(DerValue entry) => entry.Alternative == 1;

    private bool TryExpand(DerValue entry, out byte[] least, out byte[] greatest)
    {
        var value = entry[0]!;
        var (from, to) = IsRange(entry) ? (value[0]!, value[1]!) : (value, value);
        least = new byte[_size];
        greatest = new byte[_size];
        return TryFill(from, least, 0x00) && TryFill(to, greatest, 0xFF);
    }

    private static bool TryFill(DerValue bits, byte[] address, byte fill)
    {
        var given = bits.Bits.Span;
        if (given.Length > address.Length)
        {
            return false;
        }

        address.AsSpan().Fill(fill);
        given.CopyTo(address);
        if (fill != 0 && given.Length > 0)
        {
            address[given.Length - 1] |= (byte)((1 << bits.UnusedBits) - 1);
        }

        return true;
    }

    private static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b);

    private static byte[] Decrement(byte[] address)
    {
        var result = (byte[])address.Clone();
        for (var i = result.Length - 1; i >= 0; i--)
        {
            if (result[i]-- != 0)
            {
                break;
            }
        }

        return result;
    }

    /// <summary>Whether a range of addresses is exactly the addresses of one prefix.</summary>
    private static bool IsPrefix(byte[] least, byte[] greatest)
    {
        var i = 0;
        while (i < least.Length && least[i] == greatest[i])
        {
            i++;
        }

        var j = least.Length - 1;
        while (j >= 0 && least[j] == 0x00 && greatest[j] == 0xFF)
        {
            j--;
        }

        if (i != j)
        {
            return i > j;
        }

        var mask = least[i] ^ greatest[i];
        return mask != 0xFF && (mask & (mask + 1)) == 0 && (least[i] & mask) == 0 && (greatest[i] & mask) == mask;
    }
}
