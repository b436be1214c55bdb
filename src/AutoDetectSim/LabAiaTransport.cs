using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Aia;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim;

/// <summary>Fetches inside the lab of this process; waiting times are counted and not waited out.</summary>
internal sealed class LabAiaTransport(ILabHttpClient http, Func<Caller> callers) : IAiaTransport
{
    public async Task<AiaResponse> GetAsync(Uri uri, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var exchange = await http.SendAsync(new LabHttpRequest { Method = "GET", Uri = uri, Timeout = timeout }, callers(), cancellationToken);
        if (exchange.Response is not { } response)
        {
            return exchange.Error!.Code == NodeErrors.TimedOut
                ? AiaResponse.TimedOut(exchange.Elapsed)
                : new AiaResponse { Problem = exchange.Error.Message, Elapsed = exchange.Elapsed };
        }

        var type = response.Values("Content-Type").FirstOrDefault()?.Split(';')[0].Trim();
        return new AiaResponse
        {
            StatusCode = response.StatusCode,
            MediaType = type,
            Location = WebAddress.TryParse(response.Values("Location").FirstOrDefault(), uri, out var target) ? target : null,
            Body = response.StatusCode == 200 && AiaClient.MayBeWanted(type) ? response.Body[..Math.Min(response.Body.Length, AiaClient.MaximumSize + 1)] : default,
            Elapsed = exchange.Elapsed,
        };
    }
}
