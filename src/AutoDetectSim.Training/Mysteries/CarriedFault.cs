using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>A fault of one scenario that another one can have as well: it lies in settings of nodes, or of a load balancer, that name no other part.</summary>
internal sealed class CarriedFault
{
    private static readonly string[] OfNodes = ["present", "fault", "faultShare", "alert", "offline", "tlsVersions", "clientCertificate", "auth", "oAuth", "urlRewrite", "build"];
    private static readonly string[] OfBalancers = ["fault", "faultShare", "alert", "challenges", "preAuthentication", "allowFrom", "denyFrom", "blocked", "backEndConnections"];

    private readonly string _settings;
    private readonly double? _share;

    private CarriedFault(FaultDefinition fault, string settings, double? share)
    {
        Fault = fault;
        _settings = settings;
        _share = share;
    }

    /// <summary>The scenario's description of it.</summary>
    public FaultDefinition Fault { get; }

    /// <summary>The fault of a scenario; null where it cannot be carried.</summary>
    public static CarriedFault? Of(Scenario scenario)
    {
        var ways = ScenarioDifference.Of(scenario.WithoutFault(), scenario).Select(setting => (Keys: setting.Key.Split('/'), setting.Value.After)).ToList();
        if (ways.Count == 0 || ways.Exists(way => way.Keys is not ["loadBalancers", var name, ..] || !string.Equals(name, ways[0].Keys[1], StringComparison.Ordinal)))
        {
            return null;
        }

        var balancer = scenario.LoadBalancers.First(one => string.Equals(one.Name, ways[0].Keys[1], StringComparison.OrdinalIgnoreCase));
        if (ways.TrueForAll(way => way.Keys is [_, _, var key] && OfBalancers.Contains(key, StringComparer.Ordinal) && way.After.Length > 0))
        {
            return new CarriedFault(scenario.Fault!, Body(ways.Select(way => (way.Keys[2], way.After))), share: null);
        }

        if (!ways.TrueForAll(way => way.Keys is [_, _, "nodes", _, var key] && OfNodes.Contains(key, StringComparer.Ordinal) && way.After.Length > 0))
        {
            return null;
        }

        var bodies = ways.GroupBy(way => way.Keys[3], StringComparer.OrdinalIgnoreCase).Select(node => (Node: node.Key, Body: BodyOf(balancer, node.Key, node.Select(way => (way.Keys[4], way.After))))).ToList();
        return bodies[0].Body is { } body && bodies.TrueForAll(node => string.Equals(node.Body, body, StringComparison.Ordinal))
            ? new CarriedFault(scenario.Fault!, body, (double)bodies.Count / balancer.Nodes.Count)
            : null;
    }

    /// <summary>The change that makes the fault in another world; null where that has no place for it.</summary>
    public string? ChangeOf(Scenario world, int seed)
    {
        var random = new Seed(seed).Stream("second place");
        var places = world.LoadBalancers.Where(balancer => balancer.Port == 443 && (_share is null || (balancer.Tls == TlsHandling.Passthrough && balancer.Nodes.Count > (_share < 1 ? 1 : 0)))).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var place = places[random.Next(places.Count)];
        if (_share is not { } share)
        {
            return $"loadBalancers/{place.Name}: {_settings}";
        }

        var count = share < 1 ? Math.Clamp((int)Math.Round(share * place.Nodes.Count), 1, place.Nodes.Count - 1) : place.Nodes.Count;
        var names = place.Nodes.Select(node => node.Name).ToList();
        while (names.Count > count)
        {
            names.RemoveAt(random.Next(names.Count));
        }

        return $"{place.Name}/{NodeRanges.Shown(names)}: {_settings}";
    }

    private static string? BodyOf(LoadBalancerDefinition balancer, string name, IEnumerable<(string Key, string Value)> settings)
    {
        var node = balancer.Nodes.First(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        var written = new List<(string, string)>();
        foreach (var (key, value) in settings)
        {
            if (key is not "present")
            {
                written.Add((key, value));
            }
            else if (node is { IntermediateStore: null, Present: { Names: null, Shape: not ChainShape.Complete } present })
            {
                written.Add((key, CamelCase<ChainShape>.Of(present.Shape)));
            }
            else
            {
                return null;
            }
        }

        return Body(written);
    }

    private static string Body(IEnumerable<(string Key, string Value)> settings) => "{ " + string.Join(", ", settings.Select(setting => $"{setting.Key}: {setting.Value}")) + " }";
}
