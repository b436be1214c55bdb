namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>The client's end of a connection whose server gives one answer, whatever it is asked, and closes.</summary>
internal sealed class CannedAnswer(byte[] answer) : MemoryStream(answer, writable: false)
{
    public override bool CanWrite => true;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
