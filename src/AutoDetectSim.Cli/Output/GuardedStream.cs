namespace AutoDetectSim.Cli.Output;

/// <summary>Standard output or standard error: one that cannot be written, for example on a full disk, is said in one sentence.</summary>
internal sealed class GuardedStream : Stream
{
    private readonly Stream _inner;
    private readonly string? _name;

    /// <param name="inner">The stream.</param>
    /// <param name="name">What to call it; null: what cannot be written is lost, because there is nowhere left to say so.</param>
    public GuardedStream(Stream inner, string? name)
    {
        _inner = inner;
        _name = name;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_name is not null)
            {
                throw new StandardOutputException(_name, exception);
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Standard output that cannot be written.</summary>
internal sealed class StandardOutputException(string name, Exception cause)
    : Exception($"{name} cannot be written: {(cause.Message.IndexOf(" : '", StringComparison.Ordinal) is > 0 and var end ? cause.Message[..end] : cause.Message.TrimEnd('.'))}.", cause);
