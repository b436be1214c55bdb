using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>The connections of one host that met the same node in the same state.</summary>
internal sealed record CapturedNode
{
    /// <summary>What tells the node apart from others of any host.</summary>
    public required string Key { get; init; }

    /// <summary>The name that it shows, or that it is given.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<CapturedConnection> Connections { get; init; }

    /// <summary>A connection on which certificates came, or the first one.</summary>
    public CapturedConnection Sample => Connections.FirstOrDefault(connection => connection.Chain.Count > 0) ?? Connections[0];

    /// <summary>The nodes of a host in order of appearance, and the order in which connections met them.</summary>
    public static (IReadOnlyList<CapturedNode> Nodes, IReadOnlyList<string> Order) Of(CapturedHost host)
    {
        var order = host.Connections.Select(Identify).ToList();
        var nodes = host.Connections.Zip(order)
            .GroupBy(pair => pair.Second.Key, StringComparer.Ordinal)
            .Select(group => new CapturedNode { Key = group.Key, Name = group.First().Second.Name, Connections = [.. group.Select(pair => pair.First)] })
            .ToList();
        return (nodes, [.. order.Select(identity => identity.Key)]);
    }

    /// <summary>What goes wrong below HTTP on this node.</summary>
    public TransportFault Fault => Sample.Call?.Failure is { } failure ? failure.Fault : Sample.Chain.Count > 0 ? TransportFault.None : Sample.ErrorCode switch
    {
        NodeErrors.ConnectionReset => TransportFault.Reset,
        NodeErrors.ConnectionRefused => TransportFault.Refused,
        NodeErrors.TimedOut => TransportFault.Silent,
        NodeErrors.ProtocolError => TransportFault.Alert,
        _ => TransportFault.None,
    };

    /// <summary>What ActiveSync offers here, or null where it was not asked.</summary>
    public AuthenticationMode? Authentication => Answers()
        .Where(answer => answer.StatusCode == 401 && answer.Path.Contains(ExchangePaths.ActiveSync, StringComparison.OrdinalIgnoreCase) && !string.Equals(answer.Method, "OPTIONS", StringComparison.Ordinal))
        .Select(answer => (AuthenticationMode?)ModeOf([.. answer.Values("WWW-Authenticate")]))
        .LastOrDefault();

    /// <summary>The build that the node claims, with as many parts as it shows; or null.</summary>
    public string? Build => Answers().SelectMany(answer => answer.Values("X-OWA-Version").Concat(answer.Values("MS-Server-ActiveSync"))).FirstOrDefault(value => Version.TryParse(value, out _));

    private IEnumerable<ObservedAnswer> Answers() => Connections.SelectMany(connection => connection.Answers);

    private static (string Key, string Name) Identify(CapturedConnection connection)
    {
        var name = connection.Node
            ?? NodeFingerprint.Of(new Observation { Number = 0, Host = "", Port = 0, Presented = connection.Presented })?.Name
            ?? "unnamed";
        return ($"{name}\n{connection.ChainKey}", name);
    }

    private static AuthenticationMode ModeOf(List<string> challenges)
    {
        var bearer = challenges.Find(challenge => challenge.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase));
        return bearer switch
        {
            null => AuthenticationMode.Basic,
            _ when bearer.Contains("issuer_kind=\"ADFS\"", StringComparison.OrdinalIgnoreCase) => AuthenticationMode.Adfs,
            _ when bearer.Contains("authorization_uri=\"", StringComparison.OrdinalIgnoreCase) => AuthenticationMode.HybridModern,
            _ when bearer.Contains("error=\"", StringComparison.OrdinalIgnoreCase) => AuthenticationMode.ModernOff,
            _ => AuthenticationMode.NoAuthorizationUri,
        };
    }
}
