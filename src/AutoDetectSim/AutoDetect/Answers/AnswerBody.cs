using System.Text.Json;

namespace AutoDetectSim.AutoDetect.Answers;

/// <summary>The body of an answer ([SEED], [S-PROBE]). Members that are null are left out ([CAP2025]).</summary>
internal static class AnswerBody
{
    public static byte[] Render(Detection detection) => CompactJson.Write(detection, Write).ToArray();

    private static void Write(Utf8JsonWriter writer, Detection detection)
    {
        writer.WriteStartObject();
        writer.WriteString("email"u8, detection.Email.Text);
        writer.WriteStartArray("services"u8);
        foreach (var service in detection.Services)
        {
            writer.WriteStartObject();
            writer.WriteString("service"u8, service.Service);
            writer.WriteOptional("protocol"u8, service.Protocol);
            writer.WriteOptional("hostname"u8, service.Hostname);
            writer.WriteOptional("aad"u8, service.Aad);
            writer.WriteOptional("onprem"u8, service.OnPrem);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("protocols"u8);
        foreach (var protocol in detection.Protocols)
        {
            Write(writer, protocol);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ProtocolEntry protocol)
    {
        writer.WriteStartObject();
        writer.WriteString("protocol"u8, protocol.Protocol);
        writer.WriteString("hostname"u8, protocol.Hostname);
        if (protocol.Port is { } port)
        {
            writer.WriteNumber("port"u8, port);
        }

        writer.WriteOptional("encryption"u8, protocol.Encryption);
        writer.WriteOptional("insecure"u8, protocol.Insecure);
        writer.WriteOptional("username"u8, protocol.Username);
        if (protocol.Validated is { } validated)
        {
            writer.WriteBoolean("validated"u8, validated);
        }

        writer.WriteOptional("aad"u8, protocol.Aad);
        writer.WriteEndObject();
    }
}
