using System.Net.Sockets;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Protocols.Aia;

/// <summary>Fetches over connections that a dialer opens, in real time. HTTP itself is <see cref="SocketsHttpHandler"/>'s.</summary>
internal sealed class DialedAiaTransport(ITransportDialer dialer, TimeProvider time) : IAiaTransport
{
    public async Task<AiaResponse> GetAsync(Uri uri, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var budget = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await SendAsync(uri, linked.Token) with { Elapsed = time.GetElapsedTime(started) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AiaResponse.TimedOut(time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new AiaResponse { Problem = (exception.InnerException ?? exception).Message, Elapsed = time.GetElapsedTime(started) };
        }
    }

    private async Task<AiaResponse> SendAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 16,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (_, token) => await dialer.DialAsync(uri.IdnHost, uri.Port, token),
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.ConnectionClose = true;
        using var response = await invoker.SendAsync(request, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        var answer = new AiaResponse
        {
            StatusCode = (int)response.StatusCode,
            MediaType = type,
            Location = WebAddress.TryParse(response.Headers.Location?.OriginalString, uri, out var location) ? location : null,
        };
        return answer.StatusCode == 200 && AiaClient.MayBeWanted(type) ? answer with { Body = await ReadAsync(response, cancellationToken) } : answer;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[AiaClient.MaximumSize + 1];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, length);
    }
}
