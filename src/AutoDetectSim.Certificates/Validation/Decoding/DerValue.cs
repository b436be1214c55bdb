using System.Numerics;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>A decoded value of the certificate grammar.</summary>
internal sealed class DerValue
{
    /// <summary>The universal tag of the value's type; <see cref="DerTag.Other"/> for ANY with a tag of another class.</summary>
    internal int Tag { get; init; }

    /// <summary>The content without header; a constructed string is put together; SEQUENCE, SET and other classes in ANY keep their header.</summary>
    internal ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The bytes from the first of the header to the last of the content.</summary>
    internal ReadOnlyMemory<byte> Encoding { get; init; }

    /// <summary>The fields of a SEQUENCE (null where absent), the elements of a repetition, or the one value of a CHOICE.</summary>
    internal IReadOnlyList<DerValue?> Children { get; init; } = [];

    /// <summary>Which alternative of a CHOICE this is.</summary>
    internal int Alternative { get; init; }

    /// <summary>The name in canonical form, if the value is one.</summary>
    internal DistinguishedName? Name { get; init; }

    internal DerValue? this[int field] => Children[field];

    /// <summary>Whether the value is a negative INTEGER.</summary>
    internal bool IsNegative => Content.Span[0] >= 0x80;

    /// <summary>The number of unused bits of a BIT STRING.</summary>
    internal int UnusedBits => Content.Span[0];

    /// <summary>The bytes of a BIT STRING with its unused bits cleared.</summary>
    internal ReadOnlyMemory<byte> Bits
    {
        get
        {
            var bits = Content[1..];
            if (bits.IsEmpty || UnusedBits == 0 || (bits.Span[^1] & ((1 << UnusedBits) - 1)) == 0)
            {
                return bits;
            }

            var cleared = bits.ToArray();
            cleared[^1] &= (byte)(0xFF << UnusedBits);
            return cleared;
        }
    }

    /// <summary>The INTEGER as a number.</summary>
    internal BigInteger Number => new(Content.Span, isUnsigned: false, isBigEndian: true);

    /// <summary>The content as a number without sign.</summary>
    internal BigInteger UnsignedNumber => new(Content.Span, isUnsigned: true, isBigEndian: true);

    /// <summary>The INTEGER, or null if it does not fit into 64 bits.</summary>
    internal long? Int64 => Content.Length <= 8 ? (long)Number : null;

    /// <summary>Whether both are the same value of the same type.</summary>
    internal static bool Same(DerValue? a, DerValue? b) =>
        a is null ? b is null : b is not null && a.Tag == b.Tag && a.Content.Span.SequenceEqual(b.Content.Span);
}
