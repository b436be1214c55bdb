namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>Standard input with messages of a bounded length: one that is longer ends it, because the reader would keep all of it in memory.</summary>
/// <param name="inner">The stream.</param>
internal sealed class LineLimitStream(Stream inner) : Stream
{
    /// <summary>Larger than any argument that a tool takes, escaped.</summary>
    public const int MaximumLine = 32 * 1024 * 1024;

    public const string Refusal = "The input has a message of more than 32 MiB: the server has stopped.";

    private const int BufferSize = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private long _length;

    /// <summary>Whether a message was too long.</summary>
    public bool IsRefused { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsRefused)
        {
            return 0;
        }

        // A read of standard input cannot be given up; it goes on into a buffer that is not used any more.
        var count = await inner.ReadAsync(_buffer.AsMemory(0, Math.Min(buffer.Length, BufferSize)), CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        var read = _buffer.AsMemory(0, count);
        read.CopyTo(buffer);
        return Measure(read.Span) ? count : 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = IsRefused ? 0 : inner.Read(buffer, offset, count);
        return Measure(buffer.AsSpan(offset, read)) ? read : 0;
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Whether the line that the bytes go on with is not too long.</summary>
    private bool Measure(ReadOnlySpan<byte> read)
    {
        var first = read.IndexOf((byte)'\n');
        IsRefused = _length + (first < 0 ? read.Length : first) > MaximumLine;
        _length = first < 0 ? _length + read.Length : read.Length - read.LastIndexOf((byte)'\n') - 1;
        return !IsRefused;
    }
}
