using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;

namespace AutoDetectSim.Hosting.Ports;

/// <summary>
/// Where on this computer virtual IPs listen: all at free ports of 127.0.0.1, or each address of the lab network at a
/// own loopback address and at its real ports, which a hosts file or DNS can refer to.
/// </summary>
/// <param name="network">The loopback addresses, or null for free ports of 127.0.0.1.</param>
internal sealed class LoopbackPlan(IPNetwork? network)
{
    private readonly ConcurrentDictionary<IPAddress, IPAddress> _addresses = new();
    private readonly Lock _gate = new();

    /// <summary>Whether virtual IPs listen at their real ports.</summary>
    public bool HasStandardPorts => network is not null;

    /// <summary>The loopback address of an address of the lab network; null if there is none.</summary>
    public IPAddress? Find(IPAddress address) => _addresses.GetValueOrDefault(address);

    /// <summary>Where a virtual IP is to listen; port 0 for any free one.</summary>
    /// <exception cref="IOException">The network has no address left.</exception>
    public IPEndPoint EndPointOf(VirtualIp virtualIp) =>
        network is { } addresses ? new IPEndPoint(AddressFor(virtualIp.Address, addresses), virtualIp.Port) : new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>Why a port cannot be opened, and what the system wants to have done first.</summary>
    public static string Explain(IPEndPoint endPoint, Exception exception)
    {
        SocketError? code = null;
        for (var cause = exception; cause is not null && code is null; cause = cause.InnerException)
        {
            code = (cause as SocketException)?.SocketErrorCode;
        }

        return code switch
        {
            SocketError.AccessDenied when OperatingSystem.IsLinux() => string.Create(
                CultureInfo.InvariantCulture,
                $"{endPoint}: permission denied. Linux reserves ports below 1024 for administrators by default; to change that: sudo sysctl net.ipv4.ip_unprivileged_port_start={Math.Min(endPoint.Port, 80)}"),
            SocketError.AccessDenied => $"{endPoint}: permission denied. Ports below 1024 require an administrator on this system, or the port is reserved",
            SocketError.AddressNotAvailable when OperatingSystem.IsMacOS() =>
                $"{endPoint}: macOS has only one loopback address by default; add others with sudo ifconfig lo0 alias {endPoint.Address} (and likewise for the addresses after it)",
            SocketError.AddressNotAvailable => $"{endPoint}: this computer has no such address",
            SocketError.AddressAlreadyInUse when endPoint.Address.Equals(IPAddress.Loopback) => $"{endPoint}: another program or lab is listening there",
            SocketError.AddressAlreadyInUse =>
                $"{endPoint}: another program or lab is listening there. Give each lab its own network of loopback addresses, or stop the program that listens on this port of every address",
            _ => $"{endPoint}: {exception.Message}",
        };
    }

    private IPAddress AddressFor(IPAddress address, IPNetwork addresses)
    {
        lock (_gate)
        {
            return _addresses.GetOrAdd(address, _ =>
            {
                var bytes = addresses.BaseAddress.GetAddressBytes();
                var number = ((uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3]) + (uint)_addresses.Count + 1;
                var next = new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
                return addresses.Contains(next)
                    ? next
                    : throw new IOException($"{addresses} has too few addresses: the lab has more than {_addresses.Count} virtual IPs");
            });
        }
    }
}
