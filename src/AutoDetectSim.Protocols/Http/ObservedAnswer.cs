namespace AutoDetectSim.Protocols.Http;

/// <summary>One HTTP answer.</summary>
internal sealed record ObservedAnswer
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required int StatusCode { get; init; }

    /// <summary>Header fields in order of appearance.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init => field = SecretHeaders.Mask(value); } = [];

    public string Body { get; init; } = "";

    /// <summary>The values of one header; names compare without regard to case.</summary>
    public IEnumerable<string> Values(string name) =>
        Headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
}
