using System.IO.Pipelines;
using System.Net.Sockets;
using AutoDetectSim.Tls.Engine;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>Passes the bytes of a connection through to another part, with the way it ends: FIN as FIN, RST as RST.</summary>
internal sealed class TcpRelay
{
    private const int Part = 16 * 1024;

    /// <summary>How long a part may still send once the client has ended its half.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly ConnectionContext _client;
    private readonly Socket _server;
    private long _sent;
    private long _received;
    private string? _end;

    private TcpRelay(ConnectionContext client, Socket server)
    {
        _client = client;
        _server = server;
    }

    /// <summary>Relays until one side has ended the connection.</summary>
    /// <param name="client">The connection of the client.</param>
    /// <param name="server">The connection to the part; it is disposed of.</param>
    /// <param name="time">The clock.</param>
    public static async Task<RelayEnd> RunAsync(ConnectionContext client, Socket server, TimeProvider time)
    {
        using (server)
        {
            var relay = new TcpRelay(client, server);
            var there = relay.SendAsync();
            var back = relay.ReceiveAsync();
            if (await Task.WhenAny(there, back) == there && await there)
            {
                try
                {
                    await back.WaitAsync(Grace, time);
                }
                catch (TimeoutException)
                {
                    server.Dispose();
                }
            }

            var isWhole = await back;
            client.Transport.Input.CancelPendingRead();
            server.Dispose();
            await there;
            if (!isWhole)
            {
                ConnectionService.Reset(client);
            }

            return new RelayEnd(relay._sent, relay._received, relay._end ?? "ended");
        }
    }

    /// <summary>From the client to the part; false when the connection is broken.</summary>
    private async Task<bool> SendAsync()
    {
        var input = _client.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(CancellationToken.None);
                foreach (var segment in result.Buffer)
                {
                    for (var rest = segment; rest.Length > 0;)
                    {
                        var count = await _server.SendAsync(rest, CancellationToken.None);
                        _sent += count;
                        rest = rest[count..];
                    }
                }

                input.AdvanceTo(result.Buffer.End);
                if (result.IsCanceled)
                {
                    return true;
                }

                if (result.IsCompleted)
                {
                    _end ??= "ended by the client";
                    _server.Shutdown(SocketShutdown.Send);
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException)
        {
            _end ??= "reset by the client";
            ConnectionReset.OfSocket(_server);
            return false;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The other direction says how it ended.
            return false;
        }
    }

    /// <summary>From the part to the client; false when the connection is broken.</summary>
    private async Task<bool> ReceiveAsync()
    {
        var output = _client.Transport.Output;
        try
        {
            while (true)
            {
                var count = await _server.ReceiveAsync(output.GetMemory(Part), CancellationToken.None);
                if (count == 0)
                {
                    _end ??= "ended by the part";
                    await output.CompleteAsync();
                    return true;
                }

                output.Advance(count);
                _received += count;
                FlushResult flushed = await output.FlushAsync(CancellationToken.None);
                if (flushed.IsCompleted)
                {
                    _end ??= "ended by the client";
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            _end ??= "reset by the part";
            return false;
        }
    }
}

/// <summary>How a relayed connection went.</summary>
/// <param name="Sent">Bytes from the client to the part.</param>
/// <param name="Received">Bytes from the part to the client.</param>
/// <param name="Words">Who ended it, and how.</param>
internal sealed record RelayEnd(long Sent, long Received, string Words);
