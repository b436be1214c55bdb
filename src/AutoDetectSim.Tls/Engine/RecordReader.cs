using System.Buffers;
using System.Buffers.Binary;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Cuts a byte stream into TLS records (RFC 8446, section 5.1).</summary>
internal sealed class RecordReader(Stream transport) : IDisposable
{
    internal const int HeaderLength = 5;

    // RFC 5246, section 6.2.3: no record of any version is longer.
    private const int MaxFragmentLength = (1 << 14) + 2048;
    private const int InitialCapacity = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialCapacity);
    private readonly Lock _gate = new();
    private int _start;
    private int _end;
    private bool _reading;
    private bool _disposed;

    /// <summary>How many bytes the first read brought; 0 before it.</summary>
    internal int FirstReadLength { get; private set; }

    /// <summary>Reads until a whole record is there.</summary>
    /// <returns>The record with its header, valid until the next call; the reader owns its memory. An empty segment at the end of the stream.</returns>
    /// <exception cref="NotTlsException">The bytes are not a TLS record.</exception>
    /// <exception cref="IOException">The transport failed.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed before or meanwhile.</exception>
    internal async ValueTask<ArraySegment<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        Begin();
        ArraySegment<byte> record;
        try
        {
            record = await ReadRecordAsync(cancellationToken);
        }
        finally
        {
            End();
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        return record;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed && !_reading)
            {
                Return();
            }

            _disposed = true;
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _reading = true;
        }
    }

    // A buffer that the transport may still write into must not go back to the pool, so a late reader returns it itself.
    private void End()
    {
        lock (_gate)
        {
            _reading = false;
            if (_disposed)
            {
                Return();
            }
        }
    }

    private async ValueTask<ArraySegment<byte>> ReadRecordAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var available = _end - _start;
            var needed = HeaderLength;
            if (available >= HeaderLength)
            {
                needed += FragmentLength();
                if (available >= needed)
                {
                    var record = new ArraySegment<byte>(_buffer, _start, needed);
                    _start += needed;
                    return record;
                }
            }

            MakeRoom(needed);
            var read = await transport.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return default;
            }

            _end += read;
            FirstReadLength = FirstReadLength == 0 ? read : FirstReadLength;
        }
    }

    private void Return()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
        _start = _end = 0;
    }

    private int FragmentLength()
    {
        var header = _buffer.AsSpan(_start, HeaderLength);
        if (header[1] != 3)
        {
            throw new NotTlsException(header);
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        return length <= MaxFragmentLength ? length : throw new RecordTooLongException();
    }

    private void MakeRoom(int needed)
    {
        var available = _end - _start;
        if (available == 0)
        {
            _start = _end = 0;
        }

        if (_buffer.Length - _start >= needed && _end < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length >= needed)
        {
            _buffer.AsSpan(_start, available).CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(HeaderLength + MaxFragmentLength);
            _buffer.AsSpan(_start, available).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        _start = 0;
        _end = available;
    }
}
