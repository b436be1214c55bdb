using System.Buffers;
using System.Globalization;
using System.Text;

namespace AutoDetectSim.Protocols.Node.Llhttp;

/// <summary>
/// Judges the bytes of an HTTP/1 answer as llhttp does, the parser of Node.js 20 (version 8, strict, as Node's client uses it).
/// It finds the byte at which Node's client gives up, and the code that it gives up with. Where the rules of RFC 9112 and llhttp
/// differ, llhttp counts; the tests hold it against Node itself.
/// </summary>
internal sealed partial class LlhttpResponse
{
    /// <summary>Node's --max-http-header-size: so many bytes of reason, names and values are too many.</summary>
    private const int MaximumHead = 16 * 1024;

    private static readonly byte[][] Starts = ["HTTP/"u8.ToArray(), "RTSP/"u8.ToArray(), "ICE/"u8.ToArray()];

    private State _state = State.Start;
    private LlhttpError? _error;
    private int _matched;
    private byte[] _start = Starts[0];
    private int _major;
    private int _minor;
    private int _status;
    private int _headLength;
    private ulong _left;

    private enum State
    {
        Start,
        Protocol,
        Major,
        Dot,
        Minor,
        SpaceAfterVersion,
        Status,
        AfterStatus,
        Reason,
        LineFeedAfterStatusLine,
        FirstField,
        Field,
        FieldName,
        BeforeValue,
        LineFeedAfterEmptyValue,
        AfterValueLine,
        Value,
        LengthValue,
        SpaceAfterLength,
        LineFeedAfterValue,
        LineFeedAfterFields,
        ChunkSizeStart,
        ChunkSize,
        ChunkExtension,
        ChunkExtensionName,
        ChunkExtensionValue,
        ChunkExtensionQuoted,
        ChunkExtensionEscaped,
        ChunkExtensionQuoteEnd,
        LineFeedAfterChunkSize,
        ChunkData,
        CarriageReturnAfterChunk,
        LineFeedAfterChunk,
        Body,
        BodyToTheEnd,
        Closed,
        Ignored,
        Failed,
    }

    /// <summary>
    /// Takes the next bytes; the result is what Node's client gives up with, or null. After an error nothing more is read.
    /// <paramref name="accepted"/> is given the answer with plain status lines, plain Transfer-Encoding and no chunk extensions:
    /// there, other readers do not let pass what llhttp does, or take it for something else.
    /// </summary>
    public LlhttpError? Read(ReadOnlySpan<byte> bytes, IBufferWriter<byte> accepted)
    {
        while (!bytes.IsEmpty && _error is null)
        {
            var before = _state;
            var rest = _state switch
            {
                State.Body or State.ChunkData => SkipContent(bytes),
                State.BodyToTheEnd or State.Ignored => [],
                _ => Step(bytes),
            };
            if (_error is null)
            {
                Accept(before, bytes[..^rest.Length], accepted);
            }

            bytes = rest;
        }

        return _error;
    }

    private void Accept(State before, ReadOnlySpan<byte> bytes, IBufferWriter<byte> accepted)
    {
        if (before <= State.LineFeedAfterStatusLine)
        {
            if (_state == State.FirstField)
            {
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {_status:000} \r\n"), accepted);
            }
        }
        else if (before <= State.LineFeedAfterFields)
        {
            AcceptField(before, bytes, accepted);
        }
        else if (_state is < State.ChunkExtension or > State.ChunkExtensionQuoteEnd)
        {
            accepted.Write(bytes);
        }
    }

    private ReadOnlySpan<byte> SkipContent(ReadOnlySpan<byte> bytes)
    {
        var length = (int)Math.Min(_left, (ulong)bytes.Length);
        _left -= (ulong)length;
        if (_left == 0)
        {
            if (_state == State.ChunkData)
            {
                _state = State.CarriageReturnAfterChunk;
            }
            else
            {
                EndMessage();
            }
        }

        return bytes[length..];
    }

    private ReadOnlySpan<byte> Step(ReadOnlySpan<byte> bytes)
    {
        var one = bytes[0];
        switch (_state)
        {
            case <= State.LineFeedAfterStatusLine:
                ReadStatusLine(one);
                break;
            case <= State.LineFeedAfterFields:
                // A byte that ends one thing can begin the next.
                if (!ReadField(one))
                {
                    return bytes;
                }

                break;
            case <= State.LineFeedAfterChunk:
                ReadChunk(one);
                break;
            case State.Closed when one is not ((byte)'\r' or (byte)'\n'):
                Fail(NodeErrors.HttpClosedConnection, "goes on after its end, although it said Connection: close.");
                break;
        }

        return bytes[1..];
    }

    private void ReadStatusLine(byte one)
    {
        switch (_state)
        {
            case State.Start when one is (byte)'\r' or (byte)'\n':
                break;
            case State.Start:
                _start = Array.Find(Starts, start => start[0] == one) ?? Starts[0];
                _matched = 0;
                _state = State.Protocol;
                goto case State.Protocol;
            case State.Protocol:
                if (one != _start[_matched])
                {
                    Fail(NodeErrors.HttpInvalidConstant, "is not HTTP: it does not begin with HTTP/.");
                }
                else if (++_matched == _start.Length)
                {
                    _state = State.Major;
                }

                break;
            case State.Major:
                _major = one - '0';
                Expect(char.IsAsciiDigit((char)one), State.Dot, NodeErrors.HttpInvalidVersion, "has no major version.");
                break;
            case State.Dot:
                Expect(one == '.', State.Minor, NodeErrors.HttpInvalidVersion, "has no dot in its version.");
                break;
            case State.Minor:
                _minor = one - '0';
                Expect(
                    (_major, _minor) is (0, 9) or (1, 0) or (1, 1) or (2, 0),
                    State.SpaceAfterVersion, NodeErrors.HttpInvalidVersion, "has a version that is not an HTTP version.");
                break;
            case State.SpaceAfterVersion:
                (_matched, _status) = (0, 0);
                Expect(one == ' ', State.Status, NodeErrors.HttpInvalidVersion, "has no space after its version.");
                break;
            case State.Status:
                _status = (_status * 10) + one - '0';
                Expect(char.IsAsciiDigit((char)one), ++_matched == 3 ? State.AfterStatus : State.Status, NodeErrors.HttpInvalidStatus, "has a status that is not three digits.");
                break;
            case State.AfterStatus:
                Expect(one is (byte)' ' or (byte)'\r', one == '\r' ? State.LineFeedAfterStatusLine : State.Reason, NodeErrors.HttpInvalidStatus, "has a status that is not three digits.");
                break;
            case State.Reason when one == '\n':
                Fail(NodeErrors.HttpCrExpected, "ends its status line with LF alone.");
                break;
            case State.Reason when one == '\r':
                _state = State.LineFeedAfterStatusLine;
                break;
            case State.Reason:
                CountHead();
                break;
            default:
                // llhttp lets a second CR stand for the LF here.
                Expect(one is (byte)'\n' or (byte)'\r', State.FirstField, NodeErrors.HttpStrict, "has a CR in its status line.");
                BeginFields();
                break;
        }
    }

    private void EndMessage()
    {
        // What follows a 101 is another protocol.
        _state = _status == 101 ? State.Ignored : KeepsAlive() ? State.Start : State.Closed;
        _headLength = 0;
    }

    private void CountHead()
    {
        if (++_headLength >= MaximumHead)
        {
            Fail(NodeErrors.HttpHeaderOverflow, $"has a head of more than {MaximumHead / 1024} KB.");
        }
    }

    private void Expect(bool isMet, State next, string code, string reason)
    {
        if (isMet)
        {
            _state = next;
        }
        else
        {
            Fail(code, reason);
        }
    }

    private void Fail(string code, string reason)
    {
        _error = new LlhttpError(code, reason);
        _state = State.Failed;
    }
}
