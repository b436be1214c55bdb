using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>A case with the verdict that a Node.js 20 client gave.</summary>
internal sealed record RecordedCase(string Id, IReadOnlyList<string> Presented, IReadOnlyList<string> Roots, string? Host, DateTimeOffset At, string Expected, int? ExpectedDepth, IReadOnlyList<string>? Trail)
{
    public static IReadOnlyList<RecordedCase> Load(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var cases = new List<RecordedCase>();
        while (lines.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.TryGetProperty("score", out var scored) && !scored.GetBoolean())
            {
                continue;
            }

            cases.Add(new RecordedCase(
                root.GetProperty("id").GetString()!,
                [.. root.GetProperty("presented").EnumerateArray().Select(p => p.GetString()!)],
                [.. root.GetProperty("roots").EnumerateArray().Select(p => p.GetString()!)],
                root.GetProperty("host").GetString(),
                root.GetProperty("at").GetDateTimeOffset(),
                root.GetProperty("expected").GetString()!,
                root.TryGetProperty("expected_depth", out var depth) && depth.ValueKind == JsonValueKind.Number ? depth.GetInt32() : null,
                root.TryGetProperty("trail", out var trail) ? [.. trail.EnumerateArray().Select(t => t.GetString()!)] : null));
        }

        return cases;
    }

    public ValidationResult Validate(StrictPathValidator validator) =>
        validator.Validate([.. Presented.Select(Decode)], TrustAnchors.FromPem(Roots), Host, At);

    private static ReadOnlyMemory<byte> Decode(string pem)
    {
        var block = PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[block.Base64Data]);
    }
}
