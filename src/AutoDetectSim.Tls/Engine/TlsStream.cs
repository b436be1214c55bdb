using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The decrypted side of a connection. Disposing it says close_notify and disposes the transport, unless that is left open.</summary>
internal sealed class TlsStream(TlsChannel channel, bool leaveOpen) : Stream
{
    // A peer that does not read cannot hold up the end of a connection for longer. This is about the real network, whatever the lab's clock says.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private int _disposed;
    private Exception? _failure;

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
        ThrowIfUnusable();
        try
        {
            return await channel.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            throw Translate(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        try
        {
            await channel.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            throw Translate(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private async ValueTask EndAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        using (var timeout = new CancellationTokenSource(CloseTimeout, TimeProvider.System))
        {
            await channel.CloseAsync(timeout.Token);
        }

        channel.Dispose();
        if (!leaveOpen)
        {
            await channel.Transport.DisposeAsync();
        }
    }

    private static bool IsFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is IOException or ObjectDisposedException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private TlsStreamException Translate(Exception exception)
    {
        _failure ??= exception;
        var (reason, alert, message) = Failures.Describe(exception, channel.Transcript);
        return new(reason, alert, message, exception is TlsFatalAlert or TlsFatalAlertReceived ? null : exception);
    }

    /// <summary>A connection that has failed stays failed: it must not look like one that has ended.</summary>
    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (_failure is { } failure)
        {
            throw Translate(failure);
        }
    }
}
