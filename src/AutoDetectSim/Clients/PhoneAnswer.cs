using System.Text.Json;

namespace AutoDetectSim.Clients;

/// <summary>What the app reads from an answer of AutoDetect: the status, and a few members of the body. Headers mean nothing to it.</summary>
internal sealed record PhoneAnswer
{
    private const int MaximumLength = 1024 * 1024;

    public required int Status { get; init; }

    public IReadOnlyList<PhoneAccount> Services { get; init; } = [];

    public IReadOnlyList<PhoneAccount> Protocols { get; init; } = [];

    public bool HasServices => Services.Count > 0;

    public bool HasProtocols => Protocols.Count > 0;

    /// <summary>Reads an answer. A body that is not a JSON object has neither services nor protocols.</summary>
    public static PhoneAnswer Parse(int status, ReadOnlySpan<byte> body)
    {
        List<PhoneAccount> services = [];
        List<PhoneAccount> protocols = [];
        if (body.Length is > 0 and <= MaximumLength)
        {
            try
            {
                Read(body, services, protocols);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return new PhoneAnswer { Status = status };
            }
        }

        return new PhoneAnswer { Status = status, Services = services, Protocols = protocols };
    }

    private static void Read(ReadOnlySpan<byte> body, List<PhoneAccount> services, List<PhoneAccount> protocols)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 16 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var list = reader.ValueTextEquals("services"u8) ? services : reader.ValueTextEquals("protocols"u8) ? protocols : null;
            reader.Read();
            if (list is null || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    list.Add(ReadAccount(ref reader));
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static PhoneAccount ReadAccount(ref Utf8JsonReader reader)
    {
        string? service = null;
        string? protocol = null;
        string? onPrem = null;
        var insecure = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isService = reader.ValueTextEquals("service"u8);
            var isProtocol = reader.ValueTextEquals("protocol"u8);
            var isOnPrem = reader.ValueTextEquals("onprem"u8);
            var isInsecure = reader.ValueTextEquals("insecure"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                var text = reader.GetString();
                service = isService ? text : service;
                protocol = isProtocol ? text : protocol;
                onPrem = isOnPrem ? text : onPrem;
                insecure |= isInsecure && !string.IsNullOrEmpty(text);
            }
            else
            {
                insecure |= isInsecure && reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
        }

        return new PhoneAccount(service, protocol, onPrem, insecure);
    }
}

/// <summary>One entry of <c>services</c> or <c>protocols</c>, as far as the app's first screen depends on it.</summary>
internal sealed record PhoneAccount(string? Service, string? Protocol, string? OnPrem, bool Insecure);
