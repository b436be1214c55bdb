using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network;

/// <summary>
/// The HTTP client of AutoDetect: it judges chains as Node.js does, after a handshake that accepts all of them, keeps no
/// intermediate certificates, reuses no connection and follows no redirect. HTTP itself is <see cref="SocketsHttpHandler"/>'s.
/// </summary>
internal sealed class StrictHttpClient(LabNetwork network, StrictPathValidator validator, TrustAnchors anchors, TimeProvider time, TlsKeyLog? keyLog) : ILabHttpClient
{
    /// <summary>Bytes of a response body that are read at the most.</summary>
    internal const int MaximumBody = 4 * 1024 * 1024;

    public async Task<LabHttpExchange> SendAsync(LabHttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var route = network.FindRoute(request.Uri.Host, request.Uri.Port, caller);
        var record = new LabConnectionRecord
        {
            Host = request.Uri.Host,
            Port = request.Uri.Port,
            Address = route.Address,
            LoadBalancer = route.VirtualIp?.Name,
            Node = route.Node?.Name,
        };
        if (route.Connection is not { } connection)
        {
            return Ended(request, record, route.Error!, started, route.IsDropped ? request.Timeout : TimeSpan.Zero);
        }

        if (connection.Node.Fault == TransportFault.Silent)
        {
            connection.Lease.Dispose();
            return Ended(request, record, new LabNetworkError(LabNetworkError.TimedOut, $"{connection.Node.Name} accepts the connection and answers nothing."), started, request.Timeout);
        }

        using var budget = new CancellationTokenSource(request.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        Socket? socket = null;
        try
        {
            socket = await network.ConnectAsync(connection, linked.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: false);
            if (request.Uri.Scheme == Uri.UriSchemeHttps)
            {
                (var secure, record, var error) = await SecureAsync(stream, record, linked.Token);
                if (secure is null)
                {
                    return Ended(request, record, error!, started);
                }

                stream = secure;
            }

            var response = await ExchangeAsync(stream, request, linked.Token);
            return new LabHttpExchange { Request = request, Connection = record, Response = response, Elapsed = time.GetElapsedTime(started) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Ended(request, record, new LabNetworkError(LabNetworkError.TimedOut, $"{request.Uri.Host} gave no answer within {request.Timeout.TotalSeconds:0.#} s."), started);
        }
        catch (SocketException exception)
        {
            return Ended(request, record, FromSocket(exception), started);
        }
        catch (HttpRequestException exception)
        {
            return Ended(request, record, FromHttp(exception, request.Uri), started);
        }
        catch (IOException exception)
        {
            return Ended(request, record, new LabNetworkError("ECONNRESET", $"The connection to {request.Uri.Host} broke: {exception.Message}"), started);
        }
        finally
        {
            if (socket is not null)
            {
                // Nothing more is wanted of the connection; without the linger time it leaves no port in TIME_WAIT, of which
                // there are fewer than a long probe run makes connections.
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Dispose();
            }
        }
    }

    private async Task<(Stream? Stream, LabConnectionRecord Record, LabNetworkError? Error)> SecureAsync(Stream transport, LabConnectionRecord record, CancellationToken cancellationToken)
    {
        var isName = Uri.CheckHostName(record.Host) == UriHostNameType.Dns;
        var settings = new TlsClientSettings { ServerName = isName ? record.Host : null, KeyLog = keyLog, TimeProvider = time };
        try
        {
            var connection = await TlsClient.ConnectAsync(transport, settings, cancellationToken);
            var validation = validator.Validate(connection.Record.Presented, anchors, record.Host, time.GetUtcNow());
            record = record with
            {
                Presented = connection.Record.Presented,
                TlsVersion = connection.Record.TlsVersion,
                CipherSuite = connection.Record.CipherSuite,
                Validation = validation,
            };
            if (validation.Accepted)
            {
                return (connection.Stream, record, null);
            }

            await connection.DisposeAsync();
            return (null, record, new LabNetworkError(validation.NodeCode, validation.Explanation));
        }
        catch (TlsHandshakeException exception)
        {
            record = record with { Presented = exception.Record.Presented };
            return (null, record, TlsErrors.ToNode(exception, record, validator, anchors, time.GetUtcNow()));
        }
    }

    private static async Task<LabHttpResponse> ExchangeAsync(Stream stream, LabHttpRequest request, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
            ConnectCallback = (_, _) => ValueTask.FromResult(stream),
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var message = ToMessage(request);
        using var response = await invoker.SendAsync(message, cancellationToken);
        var body = await ReadBodyAsync(response.Content, cancellationToken);
        return new LabHttpResponse { StatusCode = (int)response.StatusCode, Headers = ToHeaders(response), Body = body };
    }

    private static HttpRequestMessage ToMessage(LabHttpRequest request)
    {
        // TLS is spoken below the handler, so that it sees a plain connection. The authority goes into Host as Node writes it.
        var uri = new UriBuilder(request.Uri) { Scheme = Uri.UriSchemeHttp, Port = request.Uri.Port }.Uri;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri) { Version = HttpVersion.Version11 };
        message.Headers.Host = request.Uri.IsDefaultPort ? request.Uri.Host : request.Uri.Authority;
        message.Headers.ConnectionClose = true;
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

    private static LabNetworkError FromSocket(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new LabNetworkError("ECONNREFUSED", exception.Message),
        SocketError.TimedOut => new LabNetworkError(LabNetworkError.TimedOut, exception.Message),
        _ => new LabNetworkError("ECONNRESET", exception.Message),
    };

    private static LabNetworkError FromHttp(HttpRequestException exception, Uri uri) => exception.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse => new LabNetworkError("HPE_INVALID_CONSTANT", $"{uri.Host} answered with something that is not HTTP: {exception.Message}"),
        HttpRequestError.ConfigurationLimitExceeded => new LabNetworkError("HPE_HEADER_OVERFLOW", $"{uri.Host} sent more than a client accepts: {exception.Message}"),
        _ => new LabNetworkError("ECONNRESET", $"The connection to {uri.Host} broke: {exception.Message}"),
    };

    private LabHttpExchange Ended(LabHttpRequest request, LabConnectionRecord record, LabNetworkError error, long started, TimeSpan simulatedWait = default) => new()
    {
        Request = request,
        Connection = record,
        Error = error,
        SimulatedWait = simulatedWait,
        Elapsed = time.GetElapsedTime(started) + simulatedWait,
    };
}
