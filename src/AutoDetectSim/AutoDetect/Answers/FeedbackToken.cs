using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Scenarios;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AutoDetectSim.AutoDetect.Answers;

/// <summary>The X-Feedback-Token header: a JWT with HS256 ([CAP2025], partly [SEED]).</summary>
internal static class FeedbackToken
{
    /// <summary>How long a token is valid, in seconds ([CAP2025]).</summary>
    public const int Lifetime = 3600;

    // Each edition has its own order of members; the token then begins with the captured octets.
    private static readonly string Header2021 = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
    private static readonly string Header2025 = Base64Url.EncodeToString("""{"typ":"JWT","alg":"HS256"}"""u8);

    public static string Render(Detection detection, FeedbackKey key)
    {
        var claims = Base64Url.EncodeToString(detection.Edition == Edition.Node2021
            ? CompactJson.Write(detection, Write2021)
            : CompactJson.Write(detection, Write2025));
        var signed = (detection.Edition == Edition.Node2021 ? Header2021 : Header2025) + "." + claims;
        return signed + "." + JwtTokenUtilities.CreateEncodedSignature(signed, key.Credentials);
    }

    private static void Write2021(Utf8JsonWriter writer, Detection detection)
    {
        var issuedAt = detection.Answered.ToUnixTimeSeconds();
        writer.WriteStartObject();
        writer.WriteString("d"u8, detection.Email.Domain);
        writer.WriteString("pI"u8, detection.ProviderId);
        WriteServices(writer, "s"u8, detection);
        WriteProtocols(writer, "p"u8, detection);
        writer.WriteString("pT"u8, ProtocolTypes(detection));
        writer.WriteNumber("iat"u8, issuedAt);
        writer.WriteNumber("exp"u8, issuedAt + Lifetime);
        writer.WriteEndObject();
    }

    private static void Write2025(Utf8JsonWriter writer, Detection detection)
    {
        var issuedAt = detection.Answered.ToUnixTimeSeconds();
        writer.WriteStartObject();
        writer.WriteString("D"u8, detection.Email.Domain);
        writer.WriteString("PI"u8, detection.ProviderId);
        WriteServices(writer, "S"u8, detection);
        WriteProtocols(writer, "P"u8, detection);
        writer.WriteString("PT"u8, ProtocolTypes(detection));
        writer.WriteNumber("exp"u8, issuedAt + Lifetime);
        writer.WriteNumber("iat"u8, issuedAt);
        writer.WriteEndObject();
    }

    private static void WriteServices(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Detection detection)
    {
        writer.WriteStartArray(name);
        foreach (var service in detection.Services)
        {
            writer.WriteStringValue(service.Service);
        }

        writer.WriteEndArray();
    }

    private static void WriteProtocols(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Detection detection)
    {
        writer.WriteStartArray(name);
        foreach (var protocol in detection.Protocols)
        {
            var scheme = protocol.Encryption is "ssl" ? protocol.Protocol + "s" : protocol.Protocol;
            writer.WriteStringValue(protocol.Port is { } port
                ? string.Create(CultureInfo.InvariantCulture, $"{scheme}://{protocol.Hostname}:{port}")
                : $"{scheme}://{protocol.Hostname}");
        }

        writer.WriteEndArray();
    }

    private static string ProtocolTypes(Detection detection) => detection.Protocols.Count == 0
        ? string.Empty
        : string.Join(' ', detection.Protocols.Select(protocol => protocol.Protocol));
}
