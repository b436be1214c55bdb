using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Node.Llhttp;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>
/// Makes one new connection after the other to a host: no resumption, no reuse, every certificate accepted and none judged,
/// no credentials sent. HTTP itself is <see cref="SocketsHttpHandler"/>'s, on a connection that refuses what Node.js refuses.
/// </summary>
internal sealed class HostProbe(Func<IPAddress?, ITransportDialer> dialers, TimeProvider time, TimeSpan timeout, NodeVersion ofAutoDetect = NodeVersion.Node20)
{
    /// <summary>Bytes of an answer's body that are read at the most.</summary>
    private const int MaximumBody = 64 * 1024;

    private readonly long _started = time.GetTimestamp();

    /// <summary>Connects and asks. Whatever the network or the server does stands in the observation.</summary>
    public async Task<Observation> ObserveAsync(int number, ProbeTarget target, IPAddress? source, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var observation = new Observation
        {
            Number = number,
            Host = target.Host,
            Port = target.Port,
            Source = source,
            Started = time.GetElapsedTime(_started, begun),
        };
        using var budget = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        observation = await ConnectAsync(observation, target, dialers(source), cancellationToken, linked.Token);
        return observation with { Elapsed = time.GetElapsedTime(begun) };
    }

    private async Task<Observation> ConnectAsync(Observation observation, ProbeTarget target, ITransportDialer dialer, CancellationToken stop, CancellationToken budget)
    {
        Stream transport;
        try
        {
            var begun = time.GetTimestamp();
            transport = await dialer.DialAsync(target.Address ?? target.Host, target.Port, budget);
            observation = observation with { OpenAfter = time.GetElapsedTime(begun) };
        }
        catch (DialException exception)
        {
            return observation with { Error = exception.Error };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return observation with { Error = TimedOut(target, "did not accept the connection") };
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return observation with { Error = new NodeError(NodeErrors.ConnectionReset, $"{target.Host} closed the connection: {exception.Message}") };
        }

        if (target.StartTls is { } protocol)
        {
            try
            {
                observation = observation with { Greeting = await MailUpgrade.RunAsync(transport, protocol, target.Host, budget) };
            }
            catch (Exception exception) when (exception is MailUpgradeException or IOException || (exception is OperationCanceledException && !stop.IsCancellationRequested))
            {
                await transport.DisposeAsync();
                return observation with { Error = ToError(exception, target) };
            }
        }

        TlsClientConnection connection;
        try
        {
            var settings = new TlsClientSettings
            {
                ServerName = target.SendsServerName && Uri.CheckHostName(target.Host) == UriHostNameType.Dns ? target.Host : null,
                Versions = target.Versions,
                ApplicationProtocols = target.IsMail ? [] : ["http/1.1"],
                HandshakeTimeout = timeout,
                TimeProvider = time,
            };
            connection = await TlsClient.ConnectAsync(transport, ProbeHellos.Apply(target.Hello, settings, ofAutoDetect), budget);
        }
        catch (TlsHandshakeException exception)
        {
            return Read(observation, exception.Record) with { TlsVersion = null, CipherSuite = null, Error = ToError(exception, target) };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return observation with { Error = TimedOut(target, "did not complete the TLS handshake") };
        }

        await using (connection)
        {
            var (answers, error) = await AskAsync(new LlhttpStream(connection.Stream), target, stop, budget);
            return Read(observation, connection.Record) with { Answers = answers, AnswerError = error };
        }
    }

    private static async Task<(IReadOnlyList<ObservedAnswer> Answers, NodeError? Error)> AskAsync(Stream stream, ProbeTarget target, CancellationToken stop, CancellationToken budget)
    {
        var answers = new List<ObservedAnswer>();
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
            ConnectCallback = (_, _) => Interlocked.Increment(ref connections) == 1
                ? ValueTask.FromResult(stream)
                : throw new IOException("The server closed the connection after its answer."),
        };
        using var invoker = new HttpMessageInvoker(handler);
        foreach (var request in target.Requests)
        {
            try
            {
                answers.Add(await AskAsync(invoker, target, request, budget));
            }
            catch (HttpRequestException exception)
            {
                return (answers, HttpErrors.ToNode(exception, target.Host));
            }
            catch (IOException exception)
            {
                return (answers, HttpErrors.ToNode(exception, target.Host));
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return (answers, TimedOut(target, "did not answer"));
            }
        }

        return (answers, null);
    }

    private static async Task<ObservedAnswer> AskAsync(HttpMessageInvoker invoker, ProbeTarget target, ProbeRequest request, CancellationToken cancellationToken)
    {
        // TLS is spoken below the handler, so that it sees a plain connection.
        var authority = target.Port == 443 ? target.Host : $"{target.Host}:{target.Port}";
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri($"http://{authority}{request.Path}"));
        message.Headers.Host = authority;
        message.Headers.TryAddWithoutValidation("User-Agent", "autodetectsim");
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await invoker.SendAsync(message, cancellationToken);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))
            .ToList();
        return new ObservedAnswer
        {
            Method = request.Method,
            Path = request.Path,
            StatusCode = (int)response.StatusCode,
            Headers = headers,
            Body = await ReadBodyAsync(response, cancellationToken),
        };
    }

    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaximumBody];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static Observation Read(Observation observation, TlsHandshakeRecord record) => observation with
    {
        Presented = record.Presented,
        TlsVersion = record.TlsVersion,
        CipherSuite = record.CipherSuite,
        ClientCertificateRequested = record.ClientCertificateRequested,
    };

    private static NodeError TimedOut(ProbeTarget target, string what) => new(NodeErrors.TimedOut, $"{target.Host} {what} in time.");

    private static NodeError ToError(Exception exception, ProbeTarget target) => exception switch
    {
        MailUpgradeException refused => refused.Error,
        OperationCanceledException => TimedOut(target, "did not begin TLS"),
        _ => new NodeError(NodeErrors.ConnectionReset, $"{target.Host} closed the connection before TLS began."),
    };

    private static NodeError ToError(TlsHandshakeException exception, ProbeTarget target) => exception.Reason switch
    {
        TlsFailure.ConnectionClosed or TlsFailure.ConnectionReset => new NodeError(NodeErrors.ConnectionReset, $"{target.Host} closed the connection before the TLS handshake was complete."),
        TlsFailure.Timeout => TimedOut(target, "did not complete the TLS handshake"),
        _ => new NodeError(NodeErrors.ProtocolError, $"The TLS handshake with {target.Host} failed: {exception.Message}"),
    };
}
