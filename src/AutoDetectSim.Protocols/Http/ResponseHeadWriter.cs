using System.Buffers;
using System.IO.Pipelines;

namespace AutoDetectSim.Protocols.Http;

/// <summary>
/// A pipe writer that hands everything through, except for the next response head after <see cref="ExpectHead"/>: that one
/// is held until it is complete and goes out with its headers in the expected order. It never needs to know where a body ends.
/// </summary>
internal sealed class ResponseHeadWriter(PipeWriter inner) : PipeWriter
{
    private const int InitialSize = 4096;

    private byte[] _held = [];
    private int _written;
    private int _sent;
    private bool _lent;
    private IReadOnlyList<string>? _order;
    private bool _isReplaced;

    /// <summary>Says that the next bytes are a response head, and how its headers are to be ordered.</summary>
    public void ExpectHead(IReadOnlyList<string> order)
    {
        Release();
        _order = order;
    }

    /// <summary>Sends an answer in place of all that Kestrel has still to say on this connection.</summary>
    public async ValueTask ReplaceAsync(ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        Release();
        _isReplaced = true;
        await inner.WriteAsync(answer, cancellationToken);
    }

    /// <inheritdoc />
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc />
    public override long UnflushedBytes => inner.UnflushedBytes + _written - _sent;

    /// <inheritdoc />
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_order is null && !_isReplaced)
        {
            _lent = false;
            return inner.GetMemory(sizeHint);
        }

        if (!_lent)
        {
            _written = 0;
            _sent = 0;
            _lent = true;
        }

        if (_held.Length - _written < Math.Max(sizeHint, 1))
        {
            Array.Resize(ref _held, Math.Max(InitialSize, Math.Max(_held.Length * 2, _written + sizeHint)));
        }

        return _held.AsMemory(_written);
    }

    /// <inheritdoc />
    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc />
    public override void Advance(int bytes)
    {
        if (_isReplaced)
        {
            return;
        }

        // Kestrel writes the start of the body into the memory that it got for the head, without asking again: what counts is
        // whose memory was lent last, not whether the head is complete.
        if (!_lent)
        {
            inner.Advance(bytes);
            return;
        }

        _written += bytes;
        if (_order is not null)
        {
            SendHead(_order);
        }

        if (_order is null)
        {
            SendRest();
        }
    }

    /// <inheritdoc />
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc />
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc />
    public override void Complete(Exception? exception = null)
    {
        Release();
        inner.Complete(exception);
    }

    /// <inheritdoc />
    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Release();
        return inner.CompleteAsync(exception);
    }

    private void SendHead(IReadOnlyList<string> order)
    {
        while (ResponseHead.Length(_held.AsSpan(_sent.._written)) is { } length)
        {
            var head = _held.AsSpan(_sent, length);
            _sent += length;
            if (ResponseHead.IsInterim(head))
            {
                // 100 Continue goes out by itself; the head that was announced is still to come.
                inner.Write(head);
                continue;
            }

            ResponseHead.WriteOrdered(inner, head, order);
            _order = null;
            return;
        }
    }

    private void SendRest()
    {
        inner.Write(_held.AsSpan(_sent.._written));
        _sent = _written;
    }

    private void Release()
    {
        SendRest();
        _order = null;
        _lent = false;
    }
}
