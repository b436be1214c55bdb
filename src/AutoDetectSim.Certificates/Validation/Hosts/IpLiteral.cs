using System.Net;
using System.Net.Sockets;

namespace AutoDetectSim.Certificates.Validation.Hosts;

/// <summary>IP addresses as text, as Node.js' <c>net.isIP</c> knows them: no brackets, no decimal or octal forms, a zone only where it is not empty.</summary>
internal static class IpLiteral
{
    private const int MaxLength = 45;

    internal static bool IsAddress(string text) => IsIPv4(text) || IsIPv6(text);

    /// <summary>The address in the form of inet_ntop, or null if it has none.</summary>
    internal static string? Canonicalize(string text)
    {
        var zone = text.IndexOf('%', StringComparison.Ordinal);
        var plain = zone < 0 ? text : text[..zone];
        return plain.Length <= MaxLength && IPAddress.TryParse(plain, out var address) ? new IPAddress(address.GetAddressBytes()).ToString() : null;
    }

    private static bool IsIPv4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0') || int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) > 255)
            {
                return false;
            }
        }

        return parts == 4;
    }

    private static bool IsIPv6(string text)
    {
        var zone = text.IndexOf('%', StringComparison.Ordinal);
        if (zone >= 0)
        {
            if (zone == text.Length - 1 || !text.AsSpan(zone + 1).ToString().All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':'))
            {
                return false;
            }

            text = text[..zone];
        }

        var lastColon = text.LastIndexOf(':');
        if (lastColon < 0 || text.Any(static c => !char.IsAsciiHexDigit(c) && c is not (':' or '.')))
        {
            return false;
        }

        var hasDots = text.Contains('.', StringComparison.Ordinal);
        return (!hasDots || IsIPv4(text.AsSpan(lastColon + 1)))
            && text.Length <= MaxLength
            && IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6;
    }
}
