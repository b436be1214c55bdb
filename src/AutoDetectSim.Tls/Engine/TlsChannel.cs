using System.Buffers;
using AutoDetectSim.Tls.Cryptography;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Moves bytes between a transport and Bouncy Castle's protocol engine, which itself does no I/O.</summary>
/// <remarks>One reader and one writer may be at work at the same time. The engine is not thread-safe, so every call into it holds <see cref="_engine"/>; no I/O happens under that lock.</remarks>
internal sealed class TlsChannel(Stream transport, RecordReader reader, TlsProtocol protocol, NativeTlsCrypto crypto, HandshakeTranscript transcript) : IDisposable
{
    private const int MaxPlaintextPerWrite = 1 << 16;

    private readonly Lock _engine = new();
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _endOfInput;

    internal HandshakeTranscript Transcript => transcript;

    internal Stream Transport => transport;

    /// <summary>Runs the handshake to its end.</summary>
    /// <exception cref="IOException">It failed; an alert, if one is due, has been sent.</exception>
    internal async Task HandshakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await FlushAsync(cancellationToken);
            if (transcript.IsComplete)
            {
                return;
            }

            var record = await reader.ReadAsync(cancellationToken);
            if (record.Count == 0)
            {
                throw new ConnectionClosedException();
            }

            await ProcessAsync(record, cancellationToken);
        }
    }

    /// <summary>Takes the whole records that the engine wants to send, without sending them.</summary>
    internal byte[] TakeOutput()
    {
        lock (_engine)
        {
            var output = new byte[protocol.GetAvailableOutputBytes()];
            protocol.ReadOutput(output, 0, output.Length);
            return output;
        }
    }

    /// <summary>Hands one record to the engine; on failure, sends the alert that it raised.</summary>
    internal async ValueTask ProcessAsync(ArraySegment<byte> record, CancellationToken cancellationToken)
    {
        try
        {
            Offer(record);
        }
        catch (TlsFatalAlert)
        {
            await TryFlushAsync(cancellationToken);
            throw;
        }
    }

    internal void Offer(ArraySegment<byte> record)
    {
        lock (_engine)
        {
            try
            {
                protocol.OfferInput(record.Array, record.Offset, record.Count);
            }
            catch (EndOfStreamException e)
            {
                // A message ended before its last field.
                throw new TlsFatalAlert(AlertDescription.decode_error, e);
            }
        }
    }

    internal async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_engine)
            {
                if (protocol.GetAvailableInputBytes() > 0)
                {
                    return protocol.ReadApplicationData(buffer.Span);
                }

                if (_endOfInput || protocol.IsClosed)
                {
                    return 0;
                }
            }

            var record = await reader.ReadAsync(cancellationToken);
            if (record.Count == 0)
            {
                // No close_notify came. HTTP has its own framing, and Node takes this for an end too.
                _endOfInput = true;
                return 0;
            }

            await ProcessAsync(record, cancellationToken);
            await FlushIfIdleAsync(cancellationToken);
        }
    }

    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            while (!plaintext.IsEmpty)
            {
                var chunk = plaintext[..Math.Min(plaintext.Length, MaxPlaintextPerWrite)];
                plaintext = plaintext[chunk.Length..];
                lock (_engine)
                {
                    protocol.WriteApplicationData(chunk.Span);
                }

                await SendOutputAsync(cancellationToken);
            }
        }
        finally
        {
            _writer.Release();
        }

        await FlushIfIdleAsync(cancellationToken);
    }

    /// <summary>Sends close_notify, unless it was sent before or the connection has failed.</summary>
    internal async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        lock (_engine)
        {
            protocol.Close();
        }

        await TryFlushAsync(cancellationToken);
    }

    public void Dispose()
    {
        reader.Dispose();
        lock (_engine)
        {
            crypto.Dispose();
        }
    }

    private async ValueTask TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer is gone, or does not read: it cannot be told.
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await SendOutputAsync(cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Sends what the engine wants to send, unless a writer is at work, which will do it: the reader must never wait for a writer.</summary>
    private async ValueTask FlushIfIdleAsync(CancellationToken cancellationToken)
    {
        while (HasOutput() && _writer.Wait(0, CancellationToken.None))
        {
            try
            {
                await SendOutputAsync(cancellationToken);
            }
            finally
            {
                _writer.Release();
            }
        }
    }

    private bool HasOutput()
    {
        lock (_engine)
        {
            return protocol.GetAvailableOutputBytes() > 0;
        }
    }

    private async ValueTask SendOutputAsync(CancellationToken cancellationToken)
    {
        byte[] buffer;
        int length;
        lock (_engine)
        {
            length = protocol.GetAvailableOutputBytes();
            if (length == 0)
            {
                return;
            }

            buffer = ArrayPool<byte>.Shared.Rent(length);
            protocol.ReadOutput(buffer, 0, length);
        }

        try
        {
            await transport.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            await transport.FlushAsync(cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
