using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Benchmarks.Soak;

/// <summary>Clients that break off: after every number of bytes of a handshake in turn, with FIN or RST, with garbage, and within the first request.</summary>
internal sealed class BrokenHandshakes(IPEndPoint server, string host) : IDisposable
{
    /// <summary>More bytes than a handshake and the beginning of a request have in both directions.</summary>
    private const int MostBytes = 4096;

    private readonly SemaphoreSlim _turns = new(0);
    private readonly byte[] _garbage = new byte[517];

    /// <summary>How many have broken off within the handshake.</summary>
    public int WithinHandshake { get; private set; }

    /// <summary>How many have broken off after it, within a request.</summary>
    public int WithinRequest { get; private set; }

    /// <summary>Lets so many more begin.</summary>
    public void Allow(int count)
    {
        if (count > 0)
        {
            _turns.Release(count);
        }
    }

    /// <summary>Breaks off so many, as far as they are allowed to begin.</summary>
    public async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            await _turns.WaitAsync(cancellationToken);
            if (await BreakAsync(number, cancellationToken))
            {
                WithinRequest++;
            }
            else
            {
                WithinHandshake++;
            }
        }
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>Whether the handshake was complete.</summary>
    private async Task<bool> BreakAsync(int number, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        socket.LingerState = new LingerOption(enable: number % 2 == 0, seconds: 0);
        await using var transport = new NetworkStream(socket, ownsSocket: false);
        if (number % 8 == 7)
        {
            await transport.WriteAsync(_garbage.AsMemory(0, 1 + (number % _garbage.Length)), cancellationToken);
            return false;
        }

        try
        {
            var cut = new CutStream(transport, number * 13 % MostBytes);
            await using var connection = await TlsClient.ConnectAsync(cut, new TlsClientSettings { ServerName = host }, cancellationToken);
            await connection.Stream.WriteAsync("GET / HTTP/1.1\r\nHo"u8.ToArray(), cancellationToken);
            return true;
        }
        catch (TlsHandshakeException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>A stream that breaks after so many bytes in either direction.</summary>
    private sealed class CutStream(Stream inner, int bytes) : Stream
    {
        private int _left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
            {
                throw new IOException("Cut off.");
            }

            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = Math.Min(buffer.Length, _left);
            await inner.WriteAsync(buffer[..length], cancellationToken);
            _left -= length;
            if (length < buffer.Length)
            {
                throw new IOException("Cut off.");
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
