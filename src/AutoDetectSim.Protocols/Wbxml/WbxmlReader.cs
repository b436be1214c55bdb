using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AutoDetectSim.Protocols.Wbxml;

/// <summary>
/// Reads WBXML 1.1 to 1.3 as ActiveSync uses it: UTF-8, no string table, no attributes, tags of code pages, inline strings and
/// opaque data (MS-ASWBXML section 2.1.2). Nothing that a client sends makes it throw, or take more than the input's size.
/// </summary>
internal ref struct WbxmlReader
{
    private const int MaximumDepth = 32;
    private const int MaximumElements = 10_000;

    private const byte SwitchPage = 0x00;
    private const byte End = 0x01;
    private const byte InlineString = 0x03;
    private const byte Opaque = 0xC3;
    private const byte ContentBit = 0x40;
    private const byte AttributeBit = 0x80;
    private const byte TokenMask = 0x3F;
    private const byte FirstTag = 0x05;
    private const uint Utf8Charset = 0x6A;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private byte _page;
    private int _elements;

    private WbxmlReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a whole document; false when the bytes are not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out WbxmlElement? root)
    {
        var reader = new WbxmlReader(bytes);
        root = null;
        return reader.TryReadHeader() && reader.TryReadElement(0, out root) && reader._position == bytes.Length;
    }

    private bool TryReadHeader() =>
        TryReadByte(out var version) && version is >= 0x01 and <= 0x03
        && TryReadInteger(out _)
        && TryReadInteger(out var charset) && charset == Utf8Charset
        && TryReadInteger(out var stringTable) && stringTable == 0;

    private bool TryReadElement(int depth, [NotNullWhen(true)] out WbxmlElement? element)
    {
        element = null;
        if (depth >= MaximumDepth || ++_elements > MaximumElements || !TryReadTag(out var tag) || (tag & AttributeBit) != 0 || (tag & TokenMask) < FirstTag)
        {
            return false;
        }

        var page = _page;
        var children = new List<WbxmlElement>();
        StringBuilder? text = null;
        if ((tag & ContentBit) != 0 && !TryReadContent(depth, children, ref text))
        {
            return false;
        }

        element = new WbxmlElement(page, (byte)(tag & TokenMask)) { Children = children, Text = text?.ToString() };
        return true;
    }

    private bool TryReadContent(int depth, List<WbxmlElement> children, ref StringBuilder? text)
    {
        while (_position < _bytes.Length)
        {
            switch (_bytes[_position])
            {
                case End:
                    _position++;
                    return true;
                case InlineString:
                case Opaque:
                    if (!TryReadText(out var part))
                    {
                        return false;
                    }

                    (text ??= new StringBuilder()).Append(part);
                    break;
                case SwitchPage:
                    _position++;
                    if (!TryReadByte(out _page))
                    {
                        return false;
                    }

                    break;
                default:
                    if (!TryReadElement(depth + 1, out var child))
                    {
                        return false;
                    }

                    children.Add(child);
                    break;
            }
        }

        return false;
    }

    private bool TryReadTag(out byte tag)
    {
        while (TryReadByte(out tag))
        {
            if (tag != SwitchPage)
            {
                return true;
            }

            if (!TryReadByte(out _page))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryReadText([NotNullWhen(true)] out string? text)
    {
        text = null;
        ReadOnlySpan<byte> content;
        if (_bytes[_position++] == InlineString)
        {
            var length = _bytes[_position..].IndexOf((byte)0);
            if (length < 0)
            {
                return false;
            }

            content = _bytes.Slice(_position, length);
            _position += length + 1;
        }
        else
        {
            if (!TryReadInteger(out var length) || length > (uint)(_bytes.Length - _position))
            {
                return false;
            }

            content = _bytes.Slice(_position, (int)length);
            _position += (int)length;
        }

        try
        {
            text = StrictUtf8.GetString(content);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // mb_u_int32: seven bits a byte, the high bit says that more follow; five bytes at most.
    private bool TryReadInteger(out uint value)
    {
        value = 0;
        for (var count = 0; count < 5; count++)
        {
            if (!TryReadByte(out var part) || value > uint.MaxValue >> 7)
            {
                return false;
            }

            value = (value << 7) | (part & 0x7Fu);
            if ((part & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadByte(out byte value)
    {
        if (_position >= _bytes.Length)
        {
            value = 0;
            return false;
        }

        value = _bytes[_position++];
        return true;
    }
}
