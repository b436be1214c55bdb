using System.Net;
using System.Net.Sockets;
using ARSoft.Tools.Net.Dns;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting;

/// <summary>
/// Serves the zone of a lab over UDP and TCP on one port, for tools that take a server address. It forwards nothing:
/// a name that the lab does not have does not exist (NXDOMAIN), as AutoDetect finds it.
/// </summary>
internal sealed class LabDnsServer : IAsyncDisposable
{
    /// <summary>The longest that a tool is kept waiting: longer than resolvers and dig have patience (15 seconds).</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>How many queries may wait at once; further ones are answered SERVFAIL.</summary>
    private const int MaximumWaiting = 1024;

    /// <summary>How long a TCP connection may be idle, in milliseconds.</summary>
    private const int TcpIdle = 10_000;

    /// <summary>How long a message may take that has begun, in milliseconds.</summary>
    private const int MessageTimeout = 5_000;

    /// <summary>How often a free port is looked for that is free for UDP and for TCP.</summary>
    private const int MaximumAttempts = 20;

    private readonly DnsAnswers _answers;
    private readonly PartResolver? _parts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DnsServer _server;
    private readonly IServerTransport[] _transports;
    private readonly CancellationTokenSource _stopping = new();
    private int _waiting;
    private long _queries;

    private LabDnsServer(DnsZone zone, IPEndPoint endPoint, LoopbackPlan loopback, TimeProvider time, ILogger logger, PartResolver? parts)
    {
        _answers = new DnsAnswers(zone, loopback);
        _time = time;
        _logger = logger;
        _parts = parts;
        EndPoint = endPoint;
        _transports = [new UdpServerTransport(EndPoint, MessageTimeout), new TcpDnsTransport(EndPoint, MessageTimeout, TcpIdle)];
        _server = new DnsServer(_transports);
        _server.QueryReceived += OnQueryAsync;
        _server.ExceptionThrown += OnExceptionAsync;
    }

    /// <summary>Where the server listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>How many queries have arrived.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Starts to serve a zone.</summary>
    /// <param name="zone">The zone; it may change while it is served.</param>
    /// <param name="endPoint">Where; port 0 is any free one.</param>
    /// <param name="loopback">Where the virtual IPs listen: at real ports, their addresses are answered with the corresponding loopback addresses.</param>
    /// <param name="time">The clock of slow answers.</param>
    /// <param name="loggers">Where to log to.</param>
    /// <param name="parts">Where the parts of a lab in several processes are; null: this process is the lab.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static LabDnsServer Start(DnsZone zone, IPEndPoint endPoint, LoopbackPlan loopback, TimeProvider time, ILoggerFactory loggers, PartResolver? parts = null)
    {
        var logger = loggers.CreateLogger<LabDnsServer>();
        for (var attempt = 1; ; attempt++)
        {
            var server = new LabDnsServer(zone, endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, FreePort(endPoint.Address)) : endPoint, loopback, time, logger, parts);
            try
            {
                server._server.Start();
                return server;
            }
            catch (SocketException) when (endPoint.Port == 0 && attempt < MaximumAttempts)
            {
                // The port was free for TCP, and UDP or another program has it.
                server.Stop();
            }
            catch
            {
                server.Stop();
                throw;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Stop()
    {
        _stopping.Cancel();
        try
        {
            _server.Stop();
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            // Stopped before its loops had begun: it waits for them, finds them cancelled, and leaves its sockets open.
            foreach (var transport in _transports)
            {
                transport.Close();
            }
        }
    }

    private static int FreePort(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task OnQueryAsync(object sender, QueryReceivedEventArgs arguments)
    {
        Interlocked.Increment(ref _queries);
        if (arguments.Query is not DnsMessage query)
        {
            return;
        }

        var (response, delay) = _answers.Of(query, _parts is null ? null : await _parts.CurrentAsync());
        arguments.Response = response;
        if (delay > TimeSpan.Zero && !await WaitAsync(delay < LongestDelay ? delay : LongestDelay))
        {
            response.AnswerRecords.Clear();
            response.AuthorityRecords.Clear();
            response.ReturnCode = ReturnCode.ServerFailure;
        }
    }

    private async Task<bool> WaitAsync(TimeSpan delay)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaximumWaiting)
            {
                return false;
            }

            await Task.Delay(delay, _time, _stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private Task OnExceptionAsync(object sender, ExceptionEventArgs arguments)
    {
        _logger.DnsMessageNotServed(arguments.Exception);
        return Task.CompletedTask;
    }
}
