namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>Keeps what is written, and has nothing to read.</summary>
internal sealed class RecordingStream : MemoryStream
{
    private readonly List<byte> _written = [];

    public byte[] Written => [.. _written];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _written.AddRange(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
