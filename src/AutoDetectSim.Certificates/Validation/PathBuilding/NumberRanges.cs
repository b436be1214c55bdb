using System.Numerics;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>The AS numbers (or routing domain identifiers) of an RFC 3779 extension.</summary>
internal sealed class NumberRanges
{
    private readonly List<(BigInteger Least, BigInteger Greatest, bool IsRange)> _entries;

    private NumberRanges(DerValue choice)
    {
        Inherits = choice.Alternative == 0;
        _entries = Inherits ? [] : [.. choice[0]!.Children.Select(static e => Read(e!))];
    }

    /// <summary>Whether the numbers are those of the issuer.</summary>
    internal bool Inherits { get; }

    internal static NumberRanges? Of(DerValue? choice) => choice is null ? null : new NumberRanges(choice);

    /// <summary>RFC 3779 3.2.3: in order, nothing adjacent or overlapping.</summary>
    internal bool IsCanonical()
    {
        if (Inherits)
        {
            return true;
        }

        for (var i = 0; i + 1 < _entries.Count; i++)
        {
            var (a, b) = (_entries[i], _entries[i + 1]);
            if (a.Least >= b.Least || a.Least > a.Greatest || b.Least > b.Greatest || a.Greatest + 1 >= b.Least)
            {
                return false;
            }
        }

        return _entries.Count > 0 && (!_entries[^1].IsRange || _entries[^1].Least <= _entries[^1].Greatest);
    }

    /// <summary>Whether every number of the other list is in this one; a list that is absent is in every other.</summary>
    internal bool Contains(NumberRanges? child)
    {
        var p = 0;
        foreach (var (least, greatest, _) in child?._entries ?? [])
        {
            while (p < _entries.Count && _entries[p].Greatest < greatest)
            {
                p++;
            }

            if (p == _entries.Count || _entries[p].Least > least)
            {
                return false;
            }
        }

        return true;
    }

    private static (BigInteger Least, BigInteger Greatest, bool IsRange) Read(DerValue entry)
    {
        var value = entry[0]!;
        return entry.Alternative == 0 ? (value.Number, value.Number, false) : (value[0]!.Number, value[1]!.Number, true);
    }
}
