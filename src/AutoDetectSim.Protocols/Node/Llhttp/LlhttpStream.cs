using System.Buffers;

namespace AutoDetectSim.Protocols.Node.Llhttp;

/// <summary>
/// A client's connection on which every answer is held against llhttp: a read that brings what llhttp refuses throws
/// <see cref="LlhttpException"/> in place of giving it on.
/// </summary>
internal sealed class LlhttpStream(Stream inner) : Stream
{
    private readonly LlhttpResponse _response = new();
    private readonly ArrayBufferWriter<byte> _accepted = new();
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_given == _accepted.WrittenCount)
        {
            // Of a status line there is nothing to give before it is whole.
            _accepted.ResetWrittenCount();
            _given = 0;
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return 0;
            }

            if (_response.Read(buffer.Span[..read], _accepted) is { } error)
            {
                throw new LlhttpException(error);
            }
        }

        var length = Math.Min(buffer.Length, _accepted.WrittenCount - _given);
        _accepted.WrittenSpan.Slice(_given, length).CopyTo(buffer.Span);
        _given += length;
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
