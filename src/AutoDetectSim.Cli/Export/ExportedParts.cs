using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary>The parts of a scenario's lab, one process each.</summary>
internal sealed class ExportedParts
{
    /// <summary>The port of every health endpoint.</summary>
    public const int HealthPort = 8081;

    /// <summary>The port of AutoDetect's front door.</summary>
    public const int AutoDetectPort = 8080;

    /// <summary>The port of the gateway.</summary>
    public const int GatewayPort = 8888;

    /// <summary>The port of this computer for the health of the gateway, which is ready once all parts are.</summary>
    public const int PublishedHealthPort = 8889;

    /// <summary>Beyond it, a process for each node is not what a user wants: one process serves ten thousand nodes.</summary>
    public const int MostNodes = 500;

    private const int TlsPort = 8443;
    private const int DnsPort = 8053;

    private ExportedParts(Scenario scenario)
    {
        Scenario = scenario;
        var names = new DnsLabels("autodetect", "autodetect-deployment", "cloud", "gateway", "dns", "lab", "console", "kubernetes");
        var nodes = new List<ExportedPart>();
        var balancers = new List<ExportedPart>();
        foreach (var balancer in scenario.LoadBalancers)
        {
            balancers.Add(new ExportedPart(ExportedKind.Balancer, "balancer:" + balancer.Name, names.For(balancer.Name), TlsPort) { Balancer = balancer });
        }

        // A load balancer that terminates TLS answers for its nodes.
        foreach (var (balancer, part) in scenario.LoadBalancers.Zip(balancers).Where(pair => pair.First.Tls == TlsHandling.Passthrough))
        {
            nodes.AddRange(balancer.Nodes.Select(node => new ExportedPart(ExportedKind.Node, $"node:{balancer.Name}/{node.Name}", names.For($"{part.Name}-{node.Name}"), TlsPort) { Balancer = balancer, Node = node }));
        }

        Nodes = nodes;
        Balancers = balancers;
    }

    /// <summary>The scenario, with its defaults filled in.</summary>
    public Scenario Scenario { get; }

    /// <summary>The nodes that have a process, in file order.</summary>
    public IReadOnlyList<ExportedPart> Nodes { get; }

    /// <summary>The load balancers, in file order.</summary>
    public IReadOnlyList<ExportedPart> Balancers { get; }

    /// <summary>AutoDetect.</summary>
    public ExportedPart AutoDetect { get; } = new(ExportedKind.AutoDetect, "autodetect", "autodetect", AutoDetectPort);

    /// <summary>Everything outside the customer's network.</summary>
    public ExportedPart Cloud { get; } = new(ExportedKind.Cloud, "cloud", "cloud", TlsPort);

    /// <summary>The proxy for programs outside the lab.</summary>
    public ExportedPart Gateway { get; } = new(ExportedKind.Gateway, "gateway", "gateway", GatewayPort);

    /// <summary>The DNS server.</summary>
    public ExportedPart Dns { get; } = new(ExportedKind.Dns, "dns", "dns", DnsPort);

    /// <summary>All parts.</summary>
    public IEnumerable<ExportedPart> All => [.. Nodes, .. Balancers, AutoDetect, Cloud, Gateway, Dns];

    /// <summary>How many processes of AutoDetect answer.</summary>
    public int Instances => HasNamedInstances ? 1 : Scenario.AutoDetect.Replicas;

    /// <summary>Whether the scenario names AutoDetect's instances, which one process then is in turn.</summary>
    public bool HasNamedInstances => Scenario.AutoDetect.Instances.Count > 0;

    /// <summary>The nodes of a balancer.</summary>
    public IEnumerable<ExportedPart> NodesOf(ExportedPart balancer) => Nodes.Where(node => ReferenceEquals(node.Balancer, balancer.Balancer));

    /// <summary>Lists the parts.</summary>
    /// <exception cref="InputException">It is a lab for one process.</exception>
    public static ExportedParts Of(Scenario scenario)
    {
        var complete = ScenarioDefaults.Complete(scenario);
        var count = complete.LoadBalancers.Sum(balancer => balancer.Nodes.Count);
        if (count > MostNodes)
        {
            throw new InputException($"{scenario.Name} has {count} nodes, and an export runs a process for each: at most {MostNodes}. One process serves them all: autodetectsim run {scenario.Name}");
        }

        ThrowIfNotPortable(complete);
        return new ExportedParts(complete);
    }

    /// <summary>Refuses a scenario that needs more files than its own.</summary>
    /// <exception cref="InputException">It has WireMock mappings, or a certificate in a file.</exception>
    public static void ThrowIfNotPortable(Scenario scenario)
    {
        if (scenario.Organizations.Select(organization => organization.Mappings).Prepend(scenario.Mappings).FirstOrDefault(folder => folder is not null) is { } mappings)
        {
            throw new InputException($"{scenario.Name} has WireMock mappings in the folder {mappings}, which an export cannot carry. Run it in one process: autodetectsim run {scenario.Name}");
        }

        if (scenario.Certificates.FirstOrDefault(certificate => certificate.File is { }) is { } ready)
        {
            throw new InputException($"{scenario.Name} takes its certificate {ready.Name} from the file {ready.File}, which an export cannot carry. Run it in one process: autodetectsim run {scenario.Name}");
        }
    }

    /// <summary>The file of <c>run --parts</c>.</summary>
    /// <param name="address">Where other parts reach a part, as HOST:PORT.</param>
    /// <param name="listen">The port of a part's process.</param>
    /// <param name="isOurs">Whether a load balancer is AutoDetectSim's, which reads the PROXY protocol.</param>
    public string File(Func<ExportedPart, string> address, Func<ExportedPart, int> listen, Func<ExportedPart, bool> isOurs)
    {
        var entries = All.Select(part =>
        {
            var reached = address(part);
            var port = listen(part);
            return Tree.Map(("role", part.Role), ("address", reached), ("listen", reached.EndsWith(FormattableString.Invariant($":{port}"), StringComparison.Ordinal) ? null : (object)port), ("proxyProtocol", part.Kind == ExportedKind.Balancer && isOurs(part) ? true : null));
        });
        return Tree.File("Where the parts of this lab reach one another: autodetectsim run SCENARIO --role ROLE --parts FILE", [Tree.Map(("parts", (object)new YamlList(default, [.. entries])))]);
    }
}
