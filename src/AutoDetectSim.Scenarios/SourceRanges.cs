using System.Collections.Frozen;
using System.Net;

namespace AutoDetectSim.Scenarios;

/// <summary>Source ranges as firewalls of a scenario name them: a range in CIDR form, one address, or the name of a published set.</summary>
internal static class SourceRanges
{
    /// <summary>The name of AutoDetect's source ranges.</summary>
    public const string AutoDetect = "autodetect";

    /// <summary>The name of Exchange Online's source ranges.</summary>
    public const string ExchangeOnline = "exchangeOnline";

    private static readonly FrozenDictionary<string, IReadOnlyList<IPNetwork>> Sets = new Dictionary<string, IReadOnlyList<IPNetwork>>(StringComparer.OrdinalIgnoreCase)
    {
        // [M365-ADDL] row 10, [HMACFG].
        [AutoDetect] = Networks("52.125.128.0/20", "52.127.96.0/23"),

        // What Microsoft 365 publishes for Exchange Online (endpoint set 1).
        [ExchangeOnline] = Networks(
            "13.107.6.152/31", "13.107.18.10/31", "13.107.128.0/22", "23.103.160.0/20", "40.96.0.0/13", "40.104.0.0/15", "52.96.0.0/14",
            "131.253.33.215/32", "132.245.0.0/16", "150.171.32.0/22", "204.79.197.215/32"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>AutoDetect's source ranges.</summary>
    public static IReadOnlyList<IPNetwork> OfAutoDetect { get; } = Sets[AutoDetect];

    /// <summary>AutoDetect's source ranges in a row.</summary>
    public static string TextOfAutoDetect { get; } = string.Join(" and ", OfAutoDetect);

    /// <summary>The names of the published sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [AutoDetect, ExchangeOnline];

    /// <summary>Whether a text is the name of a published set.</summary>
    public static bool IsName(string text) => Sets.ContainsKey(text);

    /// <summary>Resolves a text to networks; false when it is not a source range.</summary>
    public static bool TryParse(string text, out IReadOnlyList<IPNetwork> networks)
    {
        if (Sets.TryGetValue(text, out var set))
        {
            networks = set;
            return true;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            networks = [new IPNetwork(address, address.GetAddressBytes().Length * 8)];
            return true;
        }

        var isNetwork = IPNetwork.TryParse(text, out var network);
        networks = isNetwork ? [network] : [];
        return isNetwork;
    }

    private static IPNetwork[] Networks(params string[] ranges) => [.. ranges.Select(range => IPNetwork.Parse(range))];
}
