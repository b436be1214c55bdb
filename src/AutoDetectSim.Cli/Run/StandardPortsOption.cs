using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AutoDetectSim.Cli.Run;

/// <summary>The <c>--standard-ports</c> option: virtual IPs listen at their real ports, each at its own loopback address.</summary>
internal static class StandardPortsOption
{
    private const string DefaultNetwork = "127.80.0.0/24";

    private static readonly IPNetwork Loopback = IPNetwork.Parse("127.0.0.0/8");

    public static Option<string?> Create() => new("--standard-ports")
    {
        Description = $"Network of loopback addresses: every virtual IP listens at its real port (443) on its own address, reachable through a hosts file or DNS. Default network: {DefaultNetwork}.",
        HelpName = "NETWORK",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The network that was asked for, or null where the option is not given.</summary>
    /// <param name="isGiven">Whether the option is there.</param>
    /// <param name="text">Its value, or null.</param>
    /// <param name="network">The network.</param>
    /// <returns>What is wrong with the value, or null.</returns>
    public static string? Read(bool isGiven, string? text, out IPNetwork? network)
    {
        network = null;
        if (!isGiven)
        {
            return null;
        }

        if (IPNetwork.TryParse(text ?? DefaultNetwork, out var parsed)
            && parsed.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            && Loopback.Contains(parsed.BaseAddress)
            && parsed.PrefixLength is >= 8 and <= 29)
        {
            network = parsed;
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"--standard-ports requires a network of loopback addresses such as {DefaultNetwork}, at least a /29, not '{text}'.");
    }
}
