using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Network.Ports;

/// <summary>
/// A listener whose port can be closed, so that the system refuses connections, and opened again. While it is closed the port
/// stays reserved.
/// </summary>
internal sealed class ClosablePort(IConnectionListenerFactory factory, IConnectionListener listener) : IConnectionListener
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile IConnectionListener? _listener = listener;
    private volatile TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopped;
    private Socket? _reservation;

    public EndPoint EndPoint { get; } = listener.EndPoint;

    /// <summary>Whether the port refuses connections.</summary>
    public bool IsClosed => _listener is null;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var opened = _opened.Task;
            if (_listener is { } open && await open.AcceptAsync(cancellationToken) is { } connection)
            {
                return connection;
            }

            if (_isStopped)
            {
                return null;
            }

            await opened.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Closes or opens the port; connections that are open stay open.</summary>
    /// <exception cref="IOException">The port cannot be opened again: somebody has taken it.</exception>
    public async Task SetClosedAsync(bool isClosed)
    {
        await _gate.WaitAsync();
        try
        {
            if (_isStopped || isClosed == IsClosed)
            {
                return;
            }

            if (isClosed)
            {
                var open = _listener!;
                _listener = null;
                await open.UnbindAsync();
                await open.DisposeAsync();
                Reserve();
            }
            else
            {
                _reservation?.Dispose();
                _reservation = null;
                _listener = await factory.BindAsync(EndPoint);
                Interlocked.Exchange(ref _opened, NewSignal()).TrySetResult();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _isStopped = true;
        if (_listener is { } open)
        {
            await open.UnbindAsync(cancellationToken);
        }

        _opened.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        if (_listener is { } open)
        {
            await open.DisposeAsync();
        }

        _opened.TrySetResult();
        _reservation?.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Reserve()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Bound, and not listening: the system refuses connections, and gives the port to nobody else.
            socket.Bind(EndPoint);
            _reservation = socket;
        }
        catch (SocketException)
        {
            // Without the reservation the port is closed all the same.
            socket.Dispose();
        }
    }
}
