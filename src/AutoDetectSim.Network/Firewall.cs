using System.Net;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network;

/// <summary>Lets connections in by source range. A range that is denied stays out whatever is allowed.</summary>
internal sealed class Firewall
{
    private readonly IReadOnlyList<IPNetwork> _allowed;
    private readonly IReadOnlyList<IPNetwork> _denied;

    private Firewall(IReadOnlyList<IPNetwork> allowed, IReadOnlyList<IPNetwork> denied, Blocking blocking)
    {
        _allowed = allowed;
        _denied = denied;
        Blocking = blocking;
    }

    /// <summary>Lets everyone in.</summary>
    public static Firewall Open { get; } = new([], [], Blocking.Drop);

    /// <summary>How connections end that are not let in.</summary>
    public Blocking Blocking { get; }

    /// <summary>Reads ranges as <see cref="SourceRanges"/> has them; without allowed ranges, every address is allowed unless denied.</summary>
    /// <exception cref="FormatException">A text is not a range.</exception>
    public static Firewall FromRanges(IReadOnlyList<string> allowed, IReadOnlyList<string> denied, Blocking blocking) =>
        allowed.Count == 0 && denied.Count == 0 ? Open : new Firewall(Read(allowed), Read(denied), blocking);

    public bool Allows(IPAddress source) =>
        (_allowed.Count == 0 || IsIn(_allowed, source)) && (_denied.Count == 0 || !IsIn(_denied, source));

    private static bool IsIn(IReadOnlyList<IPNetwork> networks, IPAddress source)
    {
        foreach (var network in networks)
        {
            if (network.Contains(source))
            {
                return true;
            }
        }

        return false;
    }

    private static List<IPNetwork> Read(IReadOnlyList<string> ranges)
    {
        var networks = new List<IPNetwork>();
        foreach (var range in ranges)
        {
            networks.AddRange(SourceRanges.TryParse(range, out var read) ? read : throw new FormatException($"'{range}' is not a source range."));
        }

        return networks;
    }
}
