using System.Net;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>Addresses of the public internet, as opposed to those of this machine and of networks within.</summary>
internal static class PublicAddresses
{
    /// <summary>The special-purpose ranges of IANA's registries that are not reachable globally, and multicast.</summary>
    private static readonly IPNetwork[] Others =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(range => IPNetwork.Parse(range)),
    ];

    // An address of IPv4 within one of IPv6 is where a translator leads.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is public.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        return Translated.Contains(address) ? Contains(new IPAddress(address.GetAddressBytes()[12..])) : !Others.Any(range => range.Contains(address));
    }
}
