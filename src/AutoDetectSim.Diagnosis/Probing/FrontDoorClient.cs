using System.Globalization;
using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Calls AutoDetect as a phone does, over connections that are kept open between calls.</summary>
internal sealed class FrontDoorClient : IDisposable
{
    /// <summary>Maximum number of bytes of an answer that are read.</summary>
    private const int MaximumAnswer = 1024 * 1024;

    private readonly ITransportDialer _dialer;
    private readonly StrictPathValidator _validator = new();
    private readonly TrustAnchors _anchors;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly bool _http2;
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Prepares calls to <paramref name="url"/>, whose chain must end at one of <paramref name="anchors"/>.</summary>
    public FrontDoorClient(ITransportDialer dialer, TrustAnchors anchors, Uri url, bool http2, int maximumConnections, TimeProvider time)
    {
        _dialer = dialer;
        _anchors = anchors;
        _time = time;
        _url = url;
        _http2 = http2 && url.Scheme == Uri.UriSchemeHttps;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = maximumConnections,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Makes one call.</summary>
    /// <exception cref="ArgumentException">The address cannot be sent in a header.</exception>
    /// <exception cref="HttpRequestException">AutoDetect itself cannot be reached, or its chain is not accepted.</exception>
    public async Task<FrontDoorAnswer> CallAsync(string email, string query, CancellationToken cancellationToken)
    {
        var address = EmailAddress.OnTheWire(email) ?? throw new ArgumentException("The address cannot be sent in a header.", nameof(email));
        var uri = new UriBuilder(_url) { Scheme = Uri.UriSchemeHttp, Port = _url.Port, Query = query }.Uri;
        using var message = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = _http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.Host = _url.IsDefaultPort ? _url.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{_url.IdnHost}:{_url.Port}");
        message.Headers.TryAddWithoutValidation("x-email", address);
        message.Headers.TryAddWithoutValidation("User-Agent", "autodetectsim");
        message.Headers.TryAddWithoutValidation("Accept", "*/*");
        using var response = await _invoker.SendAsync(message, cancellationToken);
        await response.Content.LoadIntoBufferAsync(MaximumAnswer, cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            headers[NameOnTheWire(name)] = values.ToString();
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            headers[NameOnTheWire(name)] = values.ToString();
        }

        return new FrontDoorAnswer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>.NET gives names that it knows its own casing; HTTP/2 has lower case only, and AutoDetect of 2021 wrote Id.</summary>
    private string NameOnTheWire(string name) =>
        _http2 ? name.ToLowerInvariant() : string.Equals(name, "X-Request-Id", StringComparison.OrdinalIgnoreCase) ? "X-Request-Id" : name;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var transport = await _dialer.DialAsync(_url.IdnHost, _url.Port, cancellationToken);
        if (_url.Scheme != Uri.UriSchemeHttps)
        {
            return transport;
        }

        var connection = await TlsClient.ConnectAsync(
            transport,
            new TlsClientSettings
            {
                ServerName = Uri.CheckHostName(_url.IdnHost) == UriHostNameType.Dns ? _url.IdnHost : null,
                ApplicationProtocols = _http2 ? ["h2"] : ["http/1.1"],
                TimeProvider = _time,
            },
            cancellationToken);
        var verdict = _validator.Validate(connection.Record.Presented, _anchors, _url.IdnHost, _time.GetUtcNow());
        if (!verdict.Accepted)
        {
            await connection.DisposeAsync();
            throw new IOException($"The certificate chain of {_url.Host} was rejected ({verdict.NodeCode}): {verdict.Explanation}");
        }

        return connection.Stream;
    }
}

/// <summary>One answer of AutoDetect.</summary>
internal sealed record FrontDoorAnswer(int StatusCode, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
