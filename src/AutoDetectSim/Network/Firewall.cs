using System.Net;

namespace AutoDetectSim.Network;

/// <summary>Lets connections in by source range. What it does not let in, it drops without an answer.</summary>
internal sealed class Firewall(IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>Lets everyone in.</summary>
    public static Firewall Open { get; } = new([]);

    /// <summary>Reads ranges in CIDR form; no ranges let everyone in.</summary>
    /// <exception cref="FormatException">A range is not in CIDR form.</exception>
    public static Firewall FromRanges(IReadOnlyList<string> ranges) =>
        ranges.Count == 0 ? Open : new Firewall([.. ranges.Select(range => IPNetwork.Parse(range))]);

    public bool Allows(IPAddress source)
    {
        if (allowed.Count == 0)
        {
            return true;
        }

        foreach (var network in allowed)
        {
            if (network.Contains(source))
            {
                return true;
            }
        }

        return false;
    }
}
