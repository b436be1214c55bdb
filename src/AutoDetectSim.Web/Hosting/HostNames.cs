using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace AutoDetectSim.Web.Hosting;

/// <summary>What a console may be called by in links and Host headers.</summary>
internal static class HostNames
{
    private const string LocalHost = "localhost";
    private const int HttpPort = 80;

    /// <summary>The names for a place where a console listens, with its port; the first one is for links. Browsers leave out the port of HTTP.</summary>
    public static IReadOnlyList<string> Of(IPEndPoint endPoint)
    {
        var names = WithPort(endPoint);
        return endPoint.Port == HttpPort ? [.. names, .. names.Select(name => name[..name.LastIndexOf(':')])] : names;
    }

    private static IReadOnlyList<string> WithPort(IPEndPoint endPoint)
    {
        if (IPAddress.IsLoopback(endPoint.Address))
        {
            return [endPoint.ToString(), $"{LocalHost}:{endPoint.Port}"];
        }

        var isAny = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        var name = Dns.GetHostName();
        return
        [
            .. (isAny ? OwnAddresses(endPoint.AddressFamily) : [endPoint.Address]).Select(address => new IPEndPoint(address, endPoint.Port).ToString()),
            $"{name}:{endPoint.Port}",
            .. isAny ? (string[])[$"{LocalHost}:{endPoint.Port}"] : [],
        ];
    }

    /// <summary>The addresses of this computer, those that others can reach first; IPv6 sockets serve IPv4 too.</summary>
    private static IEnumerable<IPAddress> OwnAddresses(AddressFamily family) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork || family == AddressFamily.InterNetworkV6)
            .Select(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address)
            .OrderBy(IPAddress.IsLoopback)
            .ThenBy(address => address.IsIPv6LinkLocal)
            .ThenBy(address => address.AddressFamily != AddressFamily.InterNetwork)
            .Distinct();
}
