using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting.Ports;

/// <summary>
/// A port whose connections go to one channel. It can be closed, which makes the system refuse connections, and opened again;
/// while it is closed it stays reserved.
/// </summary>
internal sealed class LabPort : IAsyncDisposable
{
    private readonly IConnectionListenerFactory _factory;
    private readonly ChannelWriter<ConnectionContext> _accepted;
    private readonly Func<ConnectionContext, bool> _admits;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IConnectionListener? _listener;
    private Task _accepting;
    private Socket? _reservation;
    private bool _isDisposed;

    private LabPort(IConnectionListenerFactory factory, IConnectionListener listener, ChannelWriter<ConnectionContext> accepted, Func<ConnectionContext, bool> admits)
    {
        _factory = factory;
        _accepted = accepted;
        _admits = admits;
        _listener = listener;
        EndPoint = (IPEndPoint)listener.EndPoint;
        _accepting = AcceptAsync(listener);
    }

    /// <summary>Where the port is.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Opens a port.</summary>
    /// <param name="factory">Listens.</param>
    /// <param name="endPoint">Where; port 0 is any free one.</param>
    /// <param name="accepted">Where connections go.</param>
    /// <param name="admits">Whether a connection is taken; the others are reset.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LabPort> OpenAsync(IConnectionListenerFactory factory, EndPoint endPoint, ChannelWriter<ConnectionContext> accepted, Func<ConnectionContext, bool> admits, CancellationToken cancellationToken) =>
        new(factory, await factory.BindAsync(endPoint, cancellationToken), accepted, admits);

    /// <summary>Closes or opens the port; connections that are open stay open.</summary>
    /// <exception cref="IOException">The port cannot be opened again: it is in use.</exception>
    public async Task SetClosedAsync(bool isClosed)
    {
        await _turn.WaitAsync();
        try
        {
            if (_isDisposed || isClosed == _listener is null)
            {
                return;
            }

            if (isClosed)
            {
                await CloseAsync();
                Reserve();
            }
            else
            {
                _reservation?.Dispose();
                _reservation = null;
                _listener = await _factory.BindAsync(EndPoint);
                _accepting = AcceptAsync(_listener);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the port for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _isDisposed = true;
            await CloseAsync();
            _reservation?.Dispose();
            _reservation = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (_listener is { } open)
        {
            _listener = null;
            await open.UnbindAsync();
            await _accepting;
            await open.DisposeAsync();
        }
    }

    private async Task AcceptAsync(IConnectionListener listener)
    {
        while (await listener.AcceptAsync() is { } connection)
        {
            if (!_admits(connection))
            {
                // At once, and not in its turn: the next one needs its file descriptor.
                ConnectionService.Reset(connection);
                await connection.DisposeAsync();
            }
            else if (!_accepted.TryWrite(connection))
            {
                await connection.DisposeAsync();
            }
        }
    }

    private void Reserve()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Bound but not listening: the system refuses connections and does not give the port to others.
            socket.Bind(EndPoint);
            _reservation = socket;
        }
        catch (SocketException)
        {
            // Even without the reservation the port is closed.
            socket.Dispose();
        }
    }
}
