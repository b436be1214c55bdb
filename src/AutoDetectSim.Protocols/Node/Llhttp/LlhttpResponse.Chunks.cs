namespace AutoDetectSim.Protocols.Node.Llhttp;

/// <content>The chunked coding.</content>
internal sealed partial class LlhttpResponse
{
    /// <summary>So many bytes of chunk extensions are too many for Node.</summary>
    private const int MaximumExtensions = 16 * 1024;

    private int _extensionLength;

    private void BeginChunk()
    {
        _left = 0;
        _extensionLength = 0;
        _state = State.ChunkSizeStart;
    }

    private void ReadChunk(byte one)
    {
        switch (_state)
        {
            case State.ChunkSizeStart or State.ChunkSize:
                ReadChunkSize(one);
                break;
            case State.LineFeedAfterChunkSize when one == '\n':
                EndChunkSize();
                break;
            case State.LineFeedAfterChunkSize:
                Fail(NodeErrors.HttpStrict, "has a CR after the size of a chunk.");
                break;
            case State.CarriageReturnAfterChunk when one == '\n':
                Fail(NodeErrors.HttpCrExpected, "ends a chunk with LF alone.");
                break;
            case State.CarriageReturnAfterChunk:
                Expect(one == '\r', State.LineFeedAfterChunk, NodeErrors.HttpStrict, "has a chunk that is longer than its size.");
                break;
            case State.LineFeedAfterChunk when one == '\n':
                BeginChunk();
                break;
            case State.LineFeedAfterChunk:
                Fail(NodeErrors.HttpStrict, "has a CR after a chunk.");
                break;
            default:
                ReadExtension(one);
                break;
        }
    }

    private void ReadChunkSize(byte one)
    {
        if (char.IsAsciiHexDigit((char)one))
        {
            _state = State.ChunkSize;
            if (!TryAppend(Convert.ToInt32(((char)one).ToString(), 16), 16))
            {
                Fail(NodeErrors.HttpInvalidChunkSize, "has a chunk of an impossible size.");
            }

            return;
        }

        switch (one)
        {
            case (byte)'\r' when _state == State.ChunkSize:
                _state = State.LineFeedAfterChunkSize;
                break;
            case (byte)'\n' when _state == State.ChunkSize:
                Fail(NodeErrors.HttpCrExpected, "ends the size of a chunk with LF alone.");
                break;
            case (byte)';' when _state == State.ChunkSize:
                _state = State.ChunkExtension;
                break;
            default:
                Fail(NodeErrors.HttpInvalidChunkSize, "has a chunk without a size.");
                break;
        }
    }

    private void ReadExtension(byte one)
    {
        if (++_extensionLength > MaximumExtensions)
        {
            Fail(NodeErrors.HttpChunkExtensionsOverflow, $"has more than {MaximumExtensions / 1024} KB of chunk extensions.");
            return;
        }

        switch (_state)
        {
            case State.ChunkExtensionQuoted when one == '"':
                _state = State.ChunkExtensionQuoteEnd;
                break;
            case State.ChunkExtensionQuoted when one == '\\':
                _state = State.ChunkExtensionEscaped;
                break;
            case State.ChunkExtensionQuoted or State.ChunkExtensionEscaped:
                Expect(one is (byte)'\t' or (>= 0x20 and not 0x7F), State.ChunkExtensionQuoted, NodeErrors.HttpStrict, "has a control character in a chunk extension.");
                break;
            case State.ChunkExtension when one == '\r':
                Fail(NodeErrors.HttpStrict, "has an empty chunk extension.");
                break;
            default:
                ReadUnquotedExtension(one);
                break;
        }
    }

    private void ReadUnquotedExtension(byte one)
    {
        switch (one)
        {
            case (byte)'\r':
                _state = State.LineFeedAfterChunkSize;
                break;
            case (byte)'\n':
                Fail(NodeErrors.HttpCrExpected, "ends a chunk extension with LF alone.");
                break;
            case (byte)';':
                _state = State.ChunkExtensionName;
                break;
            case (byte)'=' when _state is State.ChunkExtension or State.ChunkExtensionName:
                _state = State.ChunkExtensionValue;
                break;
            case (byte)'"' when _state == State.ChunkExtensionValue:
                _state = State.ChunkExtensionQuoted;
                break;
            default:
                Expect(
                    TokenBytes.Contains(one) && _state != State.ChunkExtensionQuoteEnd,
                    _state == State.ChunkExtension ? State.ChunkExtensionName : _state,
                    NodeErrors.HttpStrict,
                    "has a character in a chunk extension that may not be there.");
                break;
        }
    }

    private void EndChunkSize()
    {
        if (_left > 0)
        {
            _state = State.ChunkData;
            return;
        }

        _isTrailer = true;
        _state = State.Field;
    }
}
