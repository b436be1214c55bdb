using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Node.Llhttp;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Hosting;

/// <summary>
/// The HTTP client of AutoDetect: it validates chains like Node.js, after a handshake that accepts all of them, keeps no
/// intermediate certificates, reuses no connection and follows no redirect. HTTP itself is <see cref="SocketsHttpHandler"/>'s.
/// </summary>
internal sealed class StrictHttpClient(LabNetwork network, StrictPathValidator validator, ITrust trust, TimeProvider time, TlsKeyLog? keyLog) : ILabHttpClient
{
    /// <summary>Maximum size of a response body in bytes.</summary>
    internal const int MaximumBody = 4 * 1024 * 1024;

    /// <summary>More than any head has that llhttp lets pass, which counts no separators.</summary>
    private const int MaximumHeadKilobytes = 128;

    public async Task<LabHttpExchange> SendAsync(LabHttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var host = request.Uri.IdnHost;
        var route = network.FindRoute(host, request.Uri.Port, caller, isSimulated: true);
        using var lease = route.Connection?.Lease;
        var record = new LabConnectionRecord
        {
            Host = host,
            Port = request.Uri.Port,
            Address = route.Address,
            VirtualIp = route.VirtualIp?.Name,
            LoadBalancer = route.VirtualIp?.Balancer.Name,
            Node = route.Node?.Name,
        };
        var call = new Call(request, route, started);
        if (route.Wait >= request.Timeout)
        {
            return TimedOut(call, record, $"{host} could not be reached within {request.Timeout.TotalSeconds:0.#} s.");
        }

        if (route.Connection is not { } connection)
        {
            return route.IsEndless ? TimedOut(call, record, route.Error!.Message) : Failed(call, record, route.Error!);
        }

        var stopwatch = new CallStopwatch(time, started, connection, route.Wait);
        call = call with { Stopwatch = stopwatch };
        if (connection.Fault.Kind == TransportFault.Silent)
        {
            stopwatch.Connected();
            return TimedOut(call, record, $"{connection.Node.Name} accepts the connection but does not answer.");
        }

        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(static state => TryCancel((CancellationTokenSource)state!), budget, request.Timeout, Timeout.InfiniteTimeSpan);
        connection.OnStalled(() => TryCancel(budget));
        connection.AddWait(connection.Latency);
        try
        {
            var exchange = await ConnectAsync(call, stopwatch, connection, record, budget.Token, cancellationToken);
            return exchange.Elapsed > request.Timeout && exchange.Error?.Code != NodeErrors.TimedOut ? TimedOut(call, exchange.Connection!, NoAnswer(call)) : exchange;
        }
        finally
        {
            connection.OnStalled(null);
        }
    }

    private async Task<LabHttpExchange> ConnectAsync(Call call, CallStopwatch stopwatch, LabConnection connection, LabConnectionRecord record, CancellationToken budget, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        TlsClientConnection? secure = null;
        try
        {
            socket = await network.ConnectAsync(connection, budget);
            stopwatch.Connected();

            // Nothing is wanted of the connection once the exchange is over; without the linger time it leaves no port in
            // TIME_WAIT, of which there are fewer than a long probe run makes connections.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);

            // The stream owns the socket: HTTP ends a read that waits by disposing the stream.
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (call.Request.Uri.Scheme == Uri.UriSchemeHttps)
            {
                (secure, record, var error) = await SecureAsync(stream, record, budget);
                stopwatch.Secured();
                if (error is not null)
                {
                    var isHelloFault = error.Code == NodeErrors.ConnectionReset && HelloFault.Is(connection.Fault.Kind);
                    return Failed(call, record, isHelloFault ? new NodeError(error.Code, HelloFault.Sentence(connection.Fault, HolderOf(connection))) : error);
                }

                stream = secure!.Stream;
            }

            var reached = record;
            var response = await ExchangeAsync(new LlhttpStream(stream), call.Request, budget, call.Request.Next is { } next ? answer => next(answer, reached) : null);
            stopwatch.Answered();
            return Ended(call, record, response, null, call.SimulatedWait);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut(call, record, NoAnswer(call));
        }
        catch (SocketException exception)
        {
            return Failed(call, record, FromSocket(exception));
        }
        catch (HttpRequestException exception)
        {
            return Failed(call, record, HttpErrors.ToNode(exception, record.Host));
        }
        catch (IOException exception)
        {
            return Failed(call, record, new NodeError(NodeErrors.ConnectionReset, $"The connection to {record.Host} broke: {exception.Message}"));
        }
        finally
        {
            if (secure is not null)
            {
                await secure.DisposeAsync();
            }

            socket?.Dispose();
        }
    }

    private async Task<(TlsClientConnection? Secure, LabConnectionRecord Record, NodeError? Error)> SecureAsync(Stream transport, LabConnectionRecord record, CancellationToken cancellationToken)
    {
        var isName = Uri.CheckHostName(record.Host) == UriHostNameType.Dns;
        var settings = NodeHello.Like(new TlsClientSettings { ServerName = isName ? record.Host : null, KeyLog = keyLog, TimeProvider = time }, validator.Version);
        try
        {
            var connection = await TlsClient.ConnectAsync(transport, settings, cancellationToken);
            var validation = validator.Validate(connection.Record.Presented, trust.Anchors, record.Host, time.GetUtcNow());
            record = record with
            {
                Presented = connection.Record.Presented,
                TlsVersion = connection.Record.TlsVersion,
                CipherSuite = connection.Record.CipherSuite,
                Validation = validation,
            };
            return (connection, record, validation.Accepted ? null : new NodeError(validation.NodeCode, validation.Explanation));
        }
        catch (TlsHandshakeException exception)
        {
            record = record with { Presented = exception.Record.Presented };
            return (null, record, TlsErrors.ToNode(exception, record, validator, trust.Anchors, time.GetUtcNow()));
        }
    }

    /// <summary>Sends a request on a connection, and reads the whole answer.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="next">Makes of an answer what is asked next on the connection, or null; null: nothing.</param>
    /// <returns>The last answer.</returns>
    /// <exception cref="HttpRequestException">The connection broke, or the response is not HTTP.</exception>
    internal static async Task<LabHttpResponse> ExchangeAsync(
        Stream stream, LabHttpRequest request, CancellationToken cancellationToken, Func<LabHttpResponse, LabHttpRequest?>? next = null)
    {
        Stream? unused = stream;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = next is null ? TimeSpan.Zero : Timeout.InfiniteTimeSpan,
            MaxResponseHeadersLength = MaximumHeadKilobytes,
            ActivityHeadersPropagator = null,
            ConnectCallback = (_, _) => Interlocked.Exchange(ref unused, null) is { } once
                ? ValueTask.FromResult(once)
                : throw new IOException("The server closed the connection after a response."),
        };
        using var invoker = new HttpMessageInvoker(handler);
        while (true)
        {
            using var message = ToMessage(request, closes: next is null);
            using var response = await invoker.SendAsync(message, cancellationToken);
            var body = await ReadBodyAsync(response.Content, cancellationToken);
            var answer = new LabHttpResponse { StatusCode = (int)response.StatusCode, Headers = ToHeaders(response), Body = body };
            if (next?.Invoke(answer) is not { } following)
            {
                return answer;
            }

            request = following;
        }
    }

    private static HttpRequestMessage ToMessage(LabHttpRequest request, bool closes)
    {
        // TLS is handled below the handler, which sees a plain connection. The authority goes into Host as Node writes it.
        var uri = new UriBuilder(request.Uri) { Scheme = Uri.UriSchemeHttp, Port = request.Uri.Port }.Uri;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri) { Version = HttpVersion.Version11 };
        message.Headers.Host = request.Uri.IsDefaultPort ? request.Uri.IdnHost : $"{request.Uri.IdnHost}:{request.Uri.Port}";
        message.Headers.ConnectionClose = closes;
        if (request.Body.Length > 0 || request.Headers.Any(header => header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)))
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static List<KeyValuePair<string, string>> ToHeaders(HttpResponseMessage response)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                headers.Add(new(name, value));
            }
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                headers.Add(new(name, value));
            }
        }

        return headers;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(MaximumBody, cancellationToken);
        return await content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static string HolderOf(LabConnection connection) =>
        connection.Node.Faults.Kind == connection.Fault.Kind ? connection.Node.Name : connection.VirtualIp.Balancer.Name;

    private static NodeError FromSocket(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new NodeError(NodeErrors.ConnectionRefused, exception.Message),
        SocketError.TimedOut => new NodeError(NodeErrors.TimedOut, exception.Message),
        _ => new NodeError(NodeErrors.ConnectionReset, exception.Message),
    };

    /// <summary>The whole timeout is used up: the rest of it is counted, not waited for.</summary>
    private LabHttpExchange TimedOut(Call call, LabConnectionRecord record, string message)
    {
        var left = call.Request.Timeout - time.GetElapsedTime(call.Started);
        return Ended(call, record, null, new NodeError(NodeErrors.TimedOut, message), left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private LabHttpExchange Failed(Call call, LabConnectionRecord record, NodeError error) => Ended(call, record, null, error, call.SimulatedWait);

    private LabHttpExchange Ended(Call call, LabConnectionRecord record, LabHttpResponse? response, NodeError? error, TimeSpan simulatedWait) => new()
    {
        Request = call.Request,
        Connection = record,
        Response = response,
        Error = error,
        Timing = call.Stopwatch?.Timing,
        SimulatedWait = simulatedWait,
        Elapsed = time.GetElapsedTime(call.Started) + simulatedWait,
    };

    private static string NoAnswer(Call call) => $"{call.Request.Uri.IdnHost} did not answer within {call.Request.Timeout.TotalSeconds:0.#} s.";

    private static void TryCancel(CancellationTokenSource source)
    {
        try
        {
            // What waits for the exchange must not run on the server's thread, which it may wait for.
            _ = source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The exchange is over.
        }
    }

    private readonly record struct Call(LabHttpRequest Request, Route Route, long Started)
    {
        public CallStopwatch? Stopwatch { get; init; }

        public TimeSpan SimulatedWait => Route.Wait + (Route.Connection?.SimulatedWait ?? TimeSpan.Zero);
    }
}
