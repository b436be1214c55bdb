using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>Reads AutoDiscover V2's answer, <c>{"Protocol":"...","Url":"..."}</c>.</summary>
internal static class AutoDiscoverJson
{
    private const int MaximumLength = 64 * 1024;

    /// <summary>False when the body is not such a response; members in any order, others ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AutoDiscoverAnswer? answer)
    {
        answer = null;
        if (body.Length > MaximumLength)
        {
            return false;
        }

        if (body.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        string? protocol = null;
        string? url = null;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 16 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isProtocol = reader.ValueTextEquals("Protocol"u8);
                var isUrl = reader.ValueTextEquals("Url"u8);
                reader.Read();
                if (isProtocol && reader.TokenType == JsonTokenType.String)
                {
                    protocol = reader.GetString();
                }
                else if (isUrl && reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
                {
                    url = reader.GetString() ?? string.Empty;
                }
                else
                {
                    reader.Skip();
                }
            }

            // What follows the object must be nothing.
            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }

        if (protocol is null || url is null)
        {
            return false;
        }

        answer = new AutoDiscoverAnswer(protocol, url);
        return true;
    }
}
