using System.Globalization;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Puts a host that was looked at on another port onto the one that AutoDetect asks.</summary>
internal static class PortMapping
{
    /// <summary>The port that AutoDetect asks.</summary>
    public const int Asked = 443;

    /// <summary>The world with the checked host on port 443; its other port stays as well where an answer names it.</summary>
    /// <param name="world">The world as it was captured.</param>
    /// <param name="check">The check that it was made from.</param>
    /// <param name="note">What the reader should know, as a sentence; null where nothing was mapped.</param>
    public static CapturedWorld Map(CapturedWorld world, CheckResult check, out string? note)
    {
        note = null;
        if (check.Port == Asked)
        {
            return world;
        }

        note = string.Create(CultureInfo.InvariantCulture, $"AutoDetect asks port {Asked} and no other: the scenario has {check.Host} on port {Asked}, as behind a port forwarding to {check.Port}.");
        var isNamed = check.Hosts.Any(host => host.Role == HostRole.ActiveSync && host.Port == check.Port && IsHost(host.Host));
        return world with
        {
            Hosts =
            [
                .. world.Hosts.Where(host => !IsHost(host.Host) || host.Port != Asked || !world.Hosts.Any(other => IsHost(other.Host) && other.Port == check.Port))
                    .SelectMany(host => !IsHost(host.Host) || host.Port != check.Port ? (CapturedHost[])[host] : isNamed ? [OnAskedPort(host), host] : [OnAskedPort(host)]),
            ],
        };

        bool IsHost(string host) => string.Equals(host, check.Host, StringComparison.OrdinalIgnoreCase);
    }

    private static CapturedHost OnAskedPort(CapturedHost host) => host with { Port = Asked, Connections = [.. host.Connections.Select(connection => connection with { Port = Asked })] };
}
