using System.Globalization;
using System.Net;

namespace AutoDetectSim.Roles;

/// <summary>Where other parts reach a part.</summary>
/// <param name="Host">A host name, which the operating system resolves at each connection, or an IP address.</param>
/// <param name="Port">The port.</param>
internal sealed record PartAddress(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>, with brackets around an IPv6 address.</summary>
    public static PartAddress? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        var host = text[..colon];
        if (host is ['[', .. var inner, ']'])
        {
            return IPAddress.TryParse(inner, out _) ? new PartAddress(inner, port) : null;
        }

        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? new PartAddress(host, port) : null;
    }

    /// <summary>The same for sockets.</summary>
    public EndPoint ToEndPoint() => IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Host, Port);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
