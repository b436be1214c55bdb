using System.Globalization;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Cli.Check;

/// <summary>A host with a port, as written on a command line.</summary>
internal sealed record HostAndPort(string Host, int Port)
{
    public const int DefaultPort = 443;

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[address]:port</c> or an https URL; otherwise null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultPort">The port where the text has none.</param>
    public static HostAndPort? Parse(string? text, int defaultPort = DefaultPort)
    {
        text = text?.Trim() ?? "";
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && WebAddress.TryParse(text, out var uri))
        {
            return uri.Host.Length > 0 ? new HostAndPort(uri.IdnHost, uri.Port) : null;
        }

        var colon = text.LastIndexOf(':');
        var isBareAddress = text.Count(character => character == ':') > 1 && !text.Contains(']', StringComparison.Ordinal);
        var port = defaultPort;
        if (colon > 0 && !isBareAddress && !text.EndsWith(']'))
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
            {
                return null;
            }

            text = text[..colon];
        }

        var host = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        if (WebAddress.AsciiHost(host) is not { } ascii)
        {
            return null;
        }

        host = ascii.TrimEnd('.');
        return host.Length > 0 ? new HostAndPort(host, port) : null;
    }

    /// <summary>What is wrong with a text that <see cref="Parse"/> does not read, as one sentence or two; null where it reads it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="email">What the option for an e-mail address is called.</param>
    public static string? Problem(string? text, string email = "--email")
    {
        if (Parse(text) is not null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return "Give a HOST, for example autodiscover.contoso.com.";
        }

        var problem = $"'{text}' is not a host name with an optional port";
        return text.Contains('@', StringComparison.Ordinal) ? $"{problem}: give the host, for example autodiscover.{text[(text.LastIndexOf('@') + 1)..]}, and the address with {email}." : $"{problem}.";
    }
}
