using System.Text;

namespace AutoDetectSim.Certificates.Validation;

/// <summary>
/// The blocks of a PEM text, line for line as OpenSSL 3 reads them (<c>PEM_read_bio</c>): a BEGIN or END line has nothing else on it,
/// lines end with LF, a blank line separates a header from the data, and the first block that is broken ends the text.
/// </summary>
internal ref struct PemBlocks
{
    /// <summary>OpenSSL reads a line in pieces of at most so many bytes.</summary>
    private const int MaxPiece = 254;

    /// <summary>The longest line after a header, its line end included; a shorter one is the last.</summary>
    private const int LineAfterHeader = 65;

    private readonly ReadOnlySpan<byte> _text;
    private int _position;
    private bool _isPartial;

    private PemBlocks(ReadOnlySpan<byte> text) => _text = text;

    private enum Part
    {
        MaybeHeader,
        Header,
        Data,
    }

    /// <summary>The label of the block that was read last, for example <c>CERTIFICATE</c>.</summary>
    internal string Label { get; private set; } = string.Empty;

    /// <summary>The bytes of the block that was read last.</summary>
    internal byte[] Content { get; private set; } = [];

    /// <summary>Whether the block that was read last has a header, as encrypted keys have.</summary>
    internal bool HasHeader { get; private set; }

    internal static PemBlocks Of(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the next block.</summary>
    /// <returns>False at the end, and at a block that is broken.</returns>
    internal bool Read()
    {
        if (!ReadLabel() || !ReadBody(out var header, out var data) || PemBase64.Decode(data) is not { } content)
        {
            return false;
        }

        HasHeader = header.Length > 0 && header[0] != '\n';
        Content = content;
        return true;
    }

    private bool ReadLabel()
    {
        var isFirst = true;
        while (TryReadPiece(out var line))
        {
            // A byte order mark is passed over at the start of a text and, by chance, of each block.
            var stripped = Strip(isFirst && line.Length > 3 && line.StartsWith("\uFEFF"u8) ? line[3..] : line);
            isFirst = false;
            if (stripped.StartsWith("-----BEGIN "u8) && stripped.EndsWith("-----"u8) && stripped.Length >= "-----BEGIN -----".Length)
            {
                Label = Encoding.Latin1.GetString(stripped["-----BEGIN ".Length..^"-----".Length]);
                return true;
            }
        }

        return false;
    }

    private bool ReadBody(out ReadOnlySpan<byte> header, out ReadOnlySpan<byte> data)
    {
        header = data = default;
        var part = Part.MaybeHeader;
        var isLast = false;
        List<byte> first = [];
        List<byte> second = [];
        while (true)
        {
            var wasPartial = _isPartial;
            if (!TryReadPiece(out var line))
            {
                return false;
            }

            if (part == Part.MaybeHeader && line.Contains((byte)':'))
            {
                part = Part.Header;
            }

            var stripped = Strip(line);
            if (stripped.IsEmpty)
            {
                if (!wasPartial)
                {
                    if (part == Part.Data)
                    {
                        return false;
                    }

                    part = Part.Data;
                }

                continue;
            }

            if (stripped.StartsWith("-----END "u8))
            {
                if (!stripped["-----END ".Length..].SequenceEqual([.. Encoding.Latin1.GetBytes(Label), .. "-----"u8]))
                {
                    return false;
                }

                header = part == Part.MaybeHeader ? [] : first.ToArray();
                data = part == Part.MaybeHeader ? first.ToArray() : second.ToArray();
                return true;
            }

            if (isLast)
            {
                return false;
            }

            var target = part == Part.Data ? second : first;

            // The text of a line ends at a NUL, and with it the line end is lost.
            var text = stripped.IndexOf((byte)0) is >= 0 and var nul ? stripped[..nul] : [.. stripped, (byte)'\n'];
            target.AddRange(text);
            if (part == Part.Data)
            {
                if (stripped.Length + 1 > LineAfterHeader)
                {
                    return false;
                }

                isLast = stripped.Length + 1 < LineAfterHeader;
            }
        }
    }

    private bool TryReadPiece(out ReadOnlySpan<byte> piece)
    {
        var rest = _text[_position..];
        var end = rest[..Math.Min(rest.Length, MaxPiece)].IndexOf((byte)'\n');
        piece = rest[..(end >= 0 ? end + 1 : Math.Min(rest.Length, MaxPiece))];
        _position += piece.Length;
        _isPartial = end < 0 && piece.Length == MaxPiece;
        return !piece.IsEmpty;
    }

    /// <summary>A line without its end: bytes above 127 count as white space there, as OpenSSL compares signed characters.</summary>
    private static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        var length = line.Length;
        while (length > 0 && line[length - 1] is <= (byte)' ' or >= 0x80)
        {
            length--;
        }

        return line[..length];
    }
}
