using System.Buffers;
using System.Text;

namespace AutoDetectSim.Protocols.Node.Llhttp;

/// <content>Header fields and trailers, and what follows from them for the content.</content>
internal sealed partial class LlhttpResponse
{
    // RFC 9110 5.6.2.
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly StringBuilder _name = new();
    private readonly StringBuilder _value = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private KnownField _field;
    private bool _hasValue;
    private bool _hasLength;
    private bool _hasEncoding;
    private bool _isChunked;
    private bool _isTrailer;
    private bool _saysClose;
    private bool _saysKeepAlive;

    private enum KnownField
    {
        Other,
        Length,
        Encoding,
        Connection,
    }

    private void BeginFields()
    {
        (_hasLength, _hasEncoding, _isChunked, _isTrailer, _saysClose, _saysKeepAlive) = (false, false, false, false, false, false);
        _left = 0;
    }

    private bool KeepsAlive() => !_saysClose && ((_major, _minor) is (1, 1) || _saysKeepAlive);

    /// <summary>Reads one byte; false when it belongs to what comes next.</summary>
    private bool ReadField(byte one)
    {
        switch (_state)
        {
            case State.FirstField when one == ' ':
                Fail(NodeErrors.HttpUnexpectedSpace, "has a space in front of its first header.");
                return true;
            case State.FirstField or State.Field:
                if (one == '\r')
                {
                    _state = State.LineFeedAfterFields;
                    return true;
                }

                _name.Clear();
                _state = State.FieldName;
                return false;
            case State.FieldName when one == ':' && _name.Length > 0:
                EndName();
                return true;
            case State.FieldName:
                CountHead();
                if (TokenBytes.Contains(one))
                {
                    _name.Append((char)one);
                }
                else
                {
                    FailToken("has a header name with a character that names may not have.");
                }

                return true;
            case State.LineFeedAfterFields:
                Expect(one == '\n', State.Field, NodeErrors.HttpStrict, "has a CR at the end of its head.");
                EndFields();
                return true;
            default:
                return ReadValue(one);
        }
    }

    private bool ReadValue(byte one)
    {
        switch (_state)
        {
            case State.BeforeValue when one is (byte)' ' or (byte)'\t':
                return true;
            case State.BeforeValue when one == '\n':
                FailToken("ends a header with LF alone.");
                return true;
            case State.BeforeValue when one == '\r':
                _state = State.LineFeedAfterEmptyValue;
                return true;
            case State.BeforeValue:
                BeginValue();
                return false;
            case State.LineFeedAfterEmptyValue:
                Expect(one == '\n', State.AfterValueLine, NodeErrors.HttpStrict, "has a CR in a header.");
                return true;
            case State.AfterValueLine:
                EndValueLine(one);
                return false;
            case State.LengthValue or State.SpaceAfterLength:
                ReadLength(one);
                return true;
            case State.LineFeedAfterValue:
                Expect(one == '\n', State.AfterValueLine, NodeErrors.HttpLfExpected, "has a CR in a header.");
                EndValue();
                return true;
            case State.Value when one == '\r':
                _state = State.LineFeedAfterValue;
                return true;
            case State.Value when one == '\n':
                Fail(NodeErrors.HttpCrExpected, "ends a header with LF alone.");
                return true;
            case State.Value when one is not (byte)'\t' and (< 0x20 or 0x7F):
                FailToken("has a header value with a control character.");
                return true;
            default:
                CountHead();
                if (_field is KnownField.Encoding or KnownField.Connection)
                {
                    _value.Append((char)one);
                }

                return true;
        }
    }

    /// <summary>Gives a line on once it is whole. The codings that were read stand in one line at the end.</summary>
    private void AcceptField(State before, ReadOnlySpan<byte> bytes, IBufferWriter<byte> accepted)
    {
        _line.Write(bytes);
        if (before == State.LineFeedAfterFields)
        {
            if (_isChunked && !_isTrailer)
            {
                accepted.Write("Transfer-Encoding: chunked\r\n"u8);
            }
        }
        else if (_state != State.AfterValueLine)
        {
            return;
        }

        if (before == State.LineFeedAfterFields || _field != KnownField.Encoding)
        {
            accepted.Write(_line.WrittenSpan);
        }

        _line.ResetWrittenCount();
    }

    private void EndName()
    {
        var name = _name.ToString();
        _field = name.ToUpperInvariant() switch
        {
            "CONTENT-LENGTH" => KnownField.Length,
            "TRANSFER-ENCODING" => KnownField.Encoding,
            "CONNECTION" or "PROXY-CONNECTION" => KnownField.Connection,
            _ => KnownField.Other,
        };
        _value.Clear();
        _hasValue = false;
        _state = State.BeforeValue;
        if (_field == KnownField.Length && _hasEncoding)
        {
            Fail(NodeErrors.HttpInvalidContentLength, "has both Transfer-Encoding and Content-Length.");
        }
        else if (_field == KnownField.Encoding && !_isTrailer)
        {
            _hasEncoding = true;
            _isChunked = false;
            if (_hasLength)
            {
                Fail(NodeErrors.HttpInvalidTransferEncoding, "has both Content-Length and Transfer-Encoding.");
            }
        }
    }

    private void BeginValue()
    {
        _hasValue = true;
        _state = State.Value;
        if (_field != KnownField.Length)
        {
            return;
        }

        if (_hasLength)
        {
            Fail(NodeErrors.HttpUnexpectedContentLength, "has two Content-Length headers.");
        }
        else
        {
            _hasLength = true;
            _left = 0;
            _state = State.LengthValue;
        }
    }

    private void ReadLength(byte one)
    {
        switch (one)
        {
            case (byte)'\r':
                _state = State.LineFeedAfterValue;
                return;
            case (byte)'\n':
                Fail(NodeErrors.HttpCrExpected, "ends a header with LF alone.");
                return;
            case (byte)' ':
                CountHead();
                _state = State.SpaceAfterLength;
                return;
        }

        CountHead();
        if (_state == State.SpaceAfterLength || !char.IsAsciiDigit((char)one) || !TryAppend(one - '0', 10))
        {
            Fail(NodeErrors.HttpInvalidContentLength, "has a Content-Length that is not a number.");
        }
    }

    private bool TryAppend(int digit, uint radix)
    {
        var next = ((UInt128)_left * radix) + (uint)digit;
        _left = (ulong)next;
        return next <= ulong.MaxValue;
    }

    private void EndValueLine(byte one)
    {
        _state = State.Field;
        if (one is (byte)' ' or (byte)'\t')
        {
            FailToken("continues a header on the next line.");
        }
        else if (_field == KnownField.Length && !_hasValue)
        {
            Fail(NodeErrors.HttpInvalidContentLength, "has an empty Content-Length.");
        }
    }

    private void EndValue()
    {
        var value = _value.ToString();
        if (_field == KnownField.Encoding && !_isTrailer)
        {
            _isChunked = value[(value.LastIndexOf(',') + 1)..].TrimStart(' ', '\t').TrimEnd(' ').Equals("chunked", StringComparison.OrdinalIgnoreCase);
        }
        else if (_field == KnownField.Connection)
        {
            var options = value.Split(',', StringSplitOptions.TrimEntries);
            _saysClose |= options.Contains("close", StringComparer.OrdinalIgnoreCase);
            _saysKeepAlive |= options.Contains("keep-alive", StringComparer.OrdinalIgnoreCase);
        }
    }

    private void EndFields()
    {
        if (_error is not null)
        {
            return;
        }

        if (_isTrailer || _status is (>= 100 and < 200) or 204 or 304)
        {
            EndMessage();
        }
        else if (_isChunked)
        {
            BeginChunk();
        }
        else if (_hasLength)
        {
            _state = State.Body;
            if (_left == 0)
            {
                EndMessage();
            }
        }
        else
        {
            _state = State.BodyToTheEnd;
        }
    }

    private void FailToken(string reason) => Fail(NodeErrors.HttpInvalidHeaderToken, reason);
}
