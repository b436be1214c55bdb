using System.Net;
using ARSoft.Tools.Net.Dns;

namespace AutoDetectSim.Hosting;

/// <summary>
/// DNS over TCP whose connections are closed once they are of no more use: after a message that is none, when the client has been idle
/// for too long, and when it has gone. The library's own transport leaves them open.
/// </summary>
internal sealed class TcpDnsTransport(IPEndPoint endPoint, int timeout, int idle) : IServerTransport
{
    private readonly TcpServerTransport _inner = new(endPoint, timeout, idle);

    public ushort DefaultAllowedResponseSize => _inner.DefaultAllowedResponseSize;

    public bool SupportsMultipleResponses => _inner.SupportsMultipleResponses;

    public bool AllowTruncatedResponses => _inner.AllowTruncatedResponses;

    public TransportProtocol TransportProtocol => _inner.TransportProtocol;

    public void Bind() => _inner.Bind();

    public void Close() => _inner.Close();

    public async Task<IServerConnection?> AcceptConnectionAsync(CancellationToken token = default) =>
        await _inner.AcceptConnectionAsync(token) is { } connection ? new Connection(connection) : null;

    public void Dispose() => _inner.Dispose();

    private sealed class Connection(IServerConnection inner) : IServerConnection
    {
        private readonly Lock _gate = new();
        private int _unanswered;
        private bool _hasEnded;

        public IServerTransport Transport => inner.Transport;

        public IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public IPEndPoint LocalEndPoint => inner.LocalEndPoint;

        public bool CanRead => inner.CanRead;

        public Task<bool> InitializeAsync(CancellationToken token = default) => inner.InitializeAsync(token);

        public async Task<DnsReceivedRawPackage?> ReceiveAsync(CancellationToken token = default)
        {
            var message = await inner.ReceiveAsync(token);
            if (message is not null && IsMessage(message))
            {
                lock (_gate)
                {
                    _unanswered++;
                }

                return message;
            }

            // A client may have said that it has no more questions, and wait for the answers.
            lock (_gate)
            {
                _hasEnded = true;
                CloseWhenDone();
            }

            return null;
        }

        public async Task<bool> SendAsync(DnsRawPackage package, CancellationToken token = default)
        {
            var isSent = await inner.SendAsync(package, token);
            lock (_gate)
            {
                _unanswered--;
                CloseWhenDone();
            }

            return isSent;
        }

        public void Dispose() => inner.Dispose();

        private void CloseWhenDone()
        {
            if (_hasEnded && _unanswered <= 0)
            {
                inner.Dispose();
            }
        }

        private static bool IsMessage(DnsReceivedRawPackage message)
        {
            try
            {
                DnsMessage.Parse(message.ToArraySegment(includeLengthHeader: false));
                return true;
            }
            catch (Exception)
            {
                // The library has no specific exception for bytes that are not a message.
                return false;
            }
        }
    }
}
