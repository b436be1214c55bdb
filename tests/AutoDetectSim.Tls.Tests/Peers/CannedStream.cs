namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>A peer that says the same whatever it is told.</summary>
internal sealed class CannedStream(byte[] answer) : MemoryStream
{
    private readonly List<byte> _written = [];
    private int _position;

    public byte[] Written => [.. _written];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = Math.Min(buffer.Length, answer.Length - _position);
        answer.AsSpan(_position, length).CopyTo(buffer.Span);
        _position += length;
        return ValueTask.FromResult(length);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _written.AddRange(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
