using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>
/// Reads what a customer can send by mail: <c>openssl s_client -showcerts</c> output, PEM files, JSON of testssl.sh or
/// sslyze, a HAR file, saved response headers. The kind is told from the content.
/// </summary>
internal static class EvidenceFile
{
    /// <summary>Bytes of a file at the most; HAR files are large.</summary>
    public const int MaximumSize = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { AllowTrailingCommas = true, MaxDepth = 64 };

    /// <summary>Reads a file.</summary>
    /// <exception cref="EvidenceException">The file cannot be read, or holds nothing that is known.</exception>
    public static IReadOnlyList<CapturedConnection> Load(string path)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > MaximumSize)
            {
                throw new EvidenceException($"{path}: the file has more than {MaximumSize / 1024 / 1024} MB.");
            }

            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"{path}: {exception.Message}");
        }

        return Parse(text, Path.GetFileName(path));
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="EvidenceException">The text holds nothing that is known.</exception>
    public static IReadOnlyList<CapturedConnection> Parse(string text, string name)
    {
        var trimmed = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        var connections = trimmed switch
        {
            ['{' or '[', ..] => ParseJson(text.TrimStart('\uFEFF'), name),
            _ when SClientEvidence.IsLike(text) => SClientEvidence.Parse(text),
            _ when HttpEvidence.IsLike(trimmed) => HttpEvidence.Parse(text),
            _ => PemEvidence.Parse(text),
        };
        return connections.Count > 0
            ? [.. connections.Select(connection => connection with { Origin = name })]
            : throw new EvidenceException($"{name}: this is neither s_client output, nor PEM certificates, nor JSON of testssl.sh or sslyze, nor a HAR file, nor saved response headers.");
    }

    private static IReadOnlyList<CapturedConnection> ParseJson(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonOptions);
            var root = document.RootElement;
            return TestsslEvidence.IsLike(root) ? TestsslEvidence.Parse(root)
                : SslyzeEvidence.IsLike(root) ? SslyzeEvidence.Parse(root)
                : HarEvidence.IsLike(root) ? HarEvidence.Parse(root)
                : [];
        }
        catch (JsonException exception)
        {
            throw new EvidenceException($"{name}: the JSON is broken: {exception.Message}");
        }
    }
}
