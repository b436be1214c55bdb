namespace AutoDetectSim.Protocols.Http;

/// <summary>Headers with credentials: a reader of a report could sign in with their values, which are masked; their names are not.</summary>
internal static class SecretHeaders
{
    private const string Masked = "***";

    /// <summary>The value of a header as a report may show it.</summary>
    public static string Mask(string name, string value) => name.ToUpperInvariant() switch
    {
        "SET-COOKIE" => MaskCookie(value),
        "COOKIE" or "AUTHORIZATION" or "PROXY-AUTHORIZATION" or "AUTHENTICATION-INFO" => Masked,
        _ => value,
    };

    /// <summary>Headers as a report may show them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Mask(IEnumerable<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(header => KeyValuePair.Create(header.Key, Mask(header.Key, header.Value)))];

    // The name and the attributes tell which balancer set it, and how.
    private static string MaskCookie(string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        var end = value.IndexOf(';', StringComparison.Ordinal);
        return equals < 0 || (end >= 0 && end < equals) ? Masked : string.Concat(value.AsSpan(0, equals + 1), Masked, end < 0 ? string.Empty : value.AsSpan(end));
    }
}
