namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>
/// The host of a URI that is held against name constraints. OpenSSL 3.0 looks for a colon or a slash behind the first <c>://</c>; 3.5 reads scheme,
/// user, host and port (RFC 3986 section 3.2), refuses a URI in which one of them is malformed, and takes an empty host for one that matches nothing.
/// </summary>
internal static class UriHost
{
    private const int HighestPort = 65535;

    private static ReadOnlySpan<byte> BehindScheme => "://"u8;

    /// <summary>Finds the host.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="version">Which OpenSSL reads it.</param>
    /// <param name="host">The host; empty where the URI has none.</param>
    /// <returns>False for a URI that is refused.</returns>
    internal static bool TryFind(ReadOnlySpan<byte> uri, NodeVersion version, out ReadOnlySpan<byte> host) =>
        version == NodeVersion.Node20 ? TryFindByDelimiters(uri, out host) : TryParse(uri, out host);

    private static bool TryFindByDelimiters(ReadOnlySpan<byte> uri, out ReadOnlySpan<byte> host)
    {
        host = default;
        var colon = uri.IndexOf((byte)':');
        if (colon < 0 || !uri[colon..].StartsWith(BehindScheme))
        {
            return false;
        }

        host = uri[(colon + BehindScheme.Length)..];
        var end = host.IndexOf((byte)':');
        if (end < 0)
        {
            end = host.IndexOf((byte)'/');
        }

        host = end < 0 ? host : host[..end];
        return !host.IsEmpty;
    }

    private static bool TryParse(ReadOnlySpan<byte> uri, out ReadOnlySpan<byte> host)
    {
        host = default;
        var scheme = uri.IndexOf(BehindScheme);
        if (scheme <= 0 || !IsScheme(uri[..scheme]))
        {
            return false;
        }

        var authority = uri[(scheme + BehindScheme.Length)..];
        authority = authority.IndexOfAny("/?#"u8) is >= 0 and var path ? authority[..path] : authority;
        authority = authority[(authority.IndexOf((byte)'@') + 1)..];
        var isLiteral = authority.StartsWith("["u8);
        var end = authority.IndexOf(isLiteral ? (byte)']' : (byte)':');
        if (isLiteral && end < 0)
        {
            return false;
        }

        host = end < 0 ? authority : authority[..(isLiteral ? end + 1 : end)];
        var rest = authority[host.Length..];
        return rest.IsEmpty || (rest[0] == (byte)':' && IsPort(rest[1..]));
    }

    private static bool IsScheme(ReadOnlySpan<byte> scheme)
    {
        foreach (var c in scheme)
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter((char)scheme[0]);
    }

    private static bool IsPort(ReadOnlySpan<byte> port)
    {
        var number = 0;
        foreach (var c in port)
        {
            if (!char.IsAsciiDigit((char)c) || (number = (number * 10) + c - '0') > HighestPort)
            {
                return false;
            }
        }

        return !port.IsEmpty;
    }
}
