using System.Text.Json;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Answers;

/// <summary>The X-Debug-Support header: base64 of JSON ([CAP2025], partly [SEED]).</summary>
internal static class DebugSupport
{
    public static string Render(Detection detection) => Convert.ToBase64String(RenderJson(detection));

    /// <summary>The JSON before base64, valid until the next call on this thread.</summary>
    public static ReadOnlySpan<byte> RenderJson(Detection detection) => CompactJson.Write(detection, Write);

    private static void Write(Utf8JsonWriter writer, Detection detection)
    {
        writer.WriteStartObject();
        writer.WriteString("decision"u8, Detection.Decision);
        writer.WriteStartObject("autoD"u8);
        WriteAnswer(writer, "v2"u8, detection.AutoDv2);
        WriteAnswer(writer, "v1"u8, detection.AutoDv1);
        writer.WriteEndObject();
        writer.WriteStartObject("db"u8);
        writer.WritePropertyName("provider"u8);
        if (detection.ProviderRecord?.Definition is { } provider)
        {
            WriteProvider(writer, provider);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("domain"u8);
        if (detection.DomainRecord is { } domain)
        {
            WriteDomain(writer, domain);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter writer, ReadOnlySpan<byte> name, AutoDiscoverAnswer? answer)
    {
        if (answer is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("Protocol"u8, answer.Protocol);
        writer.WriteString("Url"u8, answer.Url);
        writer.WriteEndObject();
    }

    private static void WriteProvider(Utf8JsonWriter writer, ProviderRecordDefinition provider)
    {
        writer.WriteStartObject();
        writer.WriteNull("DomainId"u8);
        writer.WriteString("Id"u8, provider.Name);
        writer.WriteString("Service"u8, provider.Service);
        WriteProtocols(writer, "Protocols"u8, provider.Protocols);
        writer.WriteString("CreatedAt"u8, provider.CreatedAt);
        writer.WriteString("UpdatedAt"u8, provider.UpdatedAt);
        WritePredicates(writer, provider);
        writer.WriteString("AutoDv2Endpoint"u8, provider.AutoDv2Endpoint);
        writer.WriteString("Comment"u8, provider.Comment);
        writer.WriteNull("Feedbacks"u8);
        writer.WriteBoolean("IsCrowdsourced"u8, provider.IsCrowdsourced);
        writer.WriteEndObject();
    }

    private static void WritePredicates(Utf8JsonWriter writer, ProviderRecordDefinition provider)
    {
        if (provider.MailDomains.Count == 0 && provider.MailExchangers.Count == 0)
        {
            writer.WriteNull("Predicates"u8);
            return;
        }

        writer.WriteStartArray("Predicates"u8);
        foreach (var domain in provider.MailDomains)
        {
            writer.WriteStringValue("domain:" + domain);
        }

        foreach (var host in provider.MailExchangers)
        {
            writer.WriteStringValue("mx:" + host);
        }

        writer.WriteEndArray();
    }

    private static void WriteDomain(Utf8JsonWriter writer, DomainRecordDefinition domain)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("fixed"u8, domain.Fixed);
        writer.WriteString("autoDv2Endpoint"u8, domain.AutoDv2Endpoint);
        writer.WriteString("providerId"u8, domain.ProviderId);
        WriteProtocols(writer, "protocols"u8, domain.Protocols);
        writer.WriteEndObject();
    }

    private static void WriteProtocols(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<ProtocolRecordDefinition> protocols)
    {
        if (protocols.Count == 0)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var protocol in protocols)
        {
            writer.WriteStartObject();
            writer.WriteString("protocol"u8, protocol.Protocol);
            writer.WriteNull("Domain"u8);
            writer.WriteString("Hostname"u8, protocol.Hostname);
            writer.WriteNullable("Port"u8, protocol.Port);
            writer.WriteString("Encryption"u8, protocol.Encryption);
            writer.WriteNullable("IsCrowdsourced"u8, protocol.IsCrowdsourced);
            writer.WriteNull("Feedbacks"u8);
            writer.WriteString("Insecure"u8, protocol.Insecure);
            writer.WriteString("Secure"u8, protocol.Secure);
            writer.WriteString("Username"u8, protocol.Username);
            writer.WriteBoolean("Validated"u8, protocol.Validated);
            writer.WriteNull("Autodiscover"u8);
            writer.WriteString("Aad"u8, protocol.Aad);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
