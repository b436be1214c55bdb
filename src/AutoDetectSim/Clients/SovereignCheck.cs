using System.Globalization;
using System.Net;
using System.Text.Json;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients;

/// <summary>
/// What apps ask before AutoDetect ([S-PROBE]): whether a domain is in a sovereign cloud, for which AutoDetect is not used.
/// </summary>
internal sealed class SovereignCheck(ILabHttpClient http)
{
    /// <summary>A phone somewhere (TEST-NET-2, RFC 5737), with a number far from those of AutoDetect's own callers.</summary>
    public static readonly Caller Asker = new(IPAddress.Parse("198.51.100.7"), 1L << 47);

    /// <summary>The sovereign cloud of a domain; null when it is in none, or when the answer says nothing that can be used.</summary>
    public async Task<string?> AskAsync(string domain, Caller caller, CancellationToken cancellationToken)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{SovereignClouds.Host}{SovereignClouds.Path}?domain={Uri.EscapeDataString(domain)}"));
        var exchange = await http.SendAsync(new LabHttpRequest { Method = "GET", Uri = url }, caller, cancellationToken);
        return exchange.Response is { StatusCode: 200 } response && Read(response.Body.Span) is { } name && SovereignClouds.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? name
            : null;
    }

    private static string? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 16 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isName = reader.ValueTextEquals("configProviderName"u8);
                reader.Read();
                if (isName && reader.TokenType == JsonTokenType.String)
                {
                    return reader.GetString();
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }
}
