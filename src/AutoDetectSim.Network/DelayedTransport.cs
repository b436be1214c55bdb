using System.IO.Pipelines;

namespace AutoDetectSim.Network;

/// <summary>
/// The transport of a server whose client is a round trip away: whatever it sends after it has heard something of the client
/// takes one round trip longer. Clients that do not wait receive the time instead.
/// </summary>
internal sealed class DelayedTransport : IDuplexPipe
{
    /// <summary>The longest that a real program is kept waiting for one turn.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly LabConnection _connection;
    private readonly TimeProvider _time;
    private int _hasRead;

    public DelayedTransport(IDuplexPipe inner, LabConnection connection, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        Input = new Reader(inner.Input, this);
        Output = new Writer(inner.Output, this);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Waits a time as the client of a connection experiences it.</summary>
    public static Task WaitAsync(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(delay < LongestDelay ? delay : LongestDelay, time, cancellationToken);

    private ValueTask TurnAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _hasRead, 0) == 0)
        {
            return ValueTask.CompletedTask;
        }

        if (_connection.IsSimulated)
        {
            _connection.AddWait(_connection.Latency);
            return ValueTask.CompletedTask;
        }

        return new ValueTask(WaitAsync(_connection.Latency, _time, cancellationToken));
    }

    private sealed class Reader(PipeReader inner, DelayedTransport transport) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await inner.ReadAsync(cancellationToken);
            Heard(result);
            return result;
        }

        public override bool TryRead(out ReadResult result)
        {
            var isRead = inner.TryRead(out result);
            if (isRead)
            {
                Heard(result);
            }

            return isRead;
        }

        private void Heard(ReadResult result)
        {
            if (!result.Buffer.IsEmpty)
            {
                Volatile.Write(ref transport._hasRead, 1);
            }
        }
    }

    private sealed class Writer(PipeWriter inner, DelayedTransport transport) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await transport.TurnAsync(cancellationToken);
            return await inner.FlushAsync(cancellationToken);
        }
    }
}
