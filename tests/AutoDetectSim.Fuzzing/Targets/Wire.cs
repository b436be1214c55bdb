namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>
/// Two ends of a connection in memory. Bytes may be changed under way. Where both ends wait for the other one, the connection ends: a handshake that
/// was changed never waits for its timeout.
/// </summary>
/// <param name="change">Changes what one end sends: the end (0 or 1), the offset in all that it sent before, the bytes.</param>
internal sealed class Wire(Action<int, long, byte[]> change)
{
    private readonly Lock _gate = new();
    private readonly Queue<byte>[] _queues = [new(), new()];
    private readonly TaskCompletionSource?[] _waiting = new TaskCompletionSource?[2];
    private readonly long[] _sent = new long[2];
    private readonly bool[] _closed = new bool[2];

    /// <summary>One of the two ends.</summary>
    public Stream End(int index) => new WireEnd(this, index);

    private async ValueTask<int> ReadAsync(int end, Memory<byte> buffer)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                var queue = _queues[end];
                var other = 1 - end;
                if (queue.Count > 0)
                {
                    var length = Math.Min(buffer.Length, queue.Count);
                    for (var index = 0; index < length; index++)
                    {
                        buffer.Span[index] = queue.Dequeue();
                    }

                    return length;
                }

                if (_closed[0] || _closed[1] || buffer.IsEmpty)
                {
                    return 0;
                }

                if (_waiting[other] is not null)
                {
                    Close(end);
                    return 0;
                }

                _waiting[end] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _waiting[end]!.Task;
            }

            await arrival;
        }
    }

    private void Write(int end, ReadOnlySpan<byte> bytes)
    {
        var sent = bytes.ToArray();
        lock (_gate)
        {
            change(end, _sent[end], sent);
            _sent[end] += sent.Length;
            foreach (var one in sent)
            {
                _queues[1 - end].Enqueue(one);
            }

            Wake(1 - end);
        }
    }

    private void Close(int end)
    {
        lock (_gate)
        {
            _closed[end] = true;
            Wake(0);
            Wake(1);
        }
    }

    private void Wake(int end)
    {
        var waiting = _waiting[end];
        _waiting[end] = null;
        waiting?.SetResult();
    }

    private sealed class WireEnd(Wire wire, int index) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => wire.ReadAsync(index, buffer);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wire.Write(index, buffer.Span);
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            wire.Close(index);
            base.Dispose(disposing);
        }
    }
}
