using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>What every overlay has: the nodes, AutoDetect, what surrounds them, and the load balancers that only AutoDetectSim can be.</summary>
internal sealed class KubernetesBase(ExportedParts parts, KubernetesSettings settings)
{
    /// <summary>The label of nodes that their load balancer uses.</summary>
    public const string InService = "autodetectsim/in-service";

    /// <summary>The label with the part name of a node's load balancer.</summary>
    public const string BalancerLabel = "autodetectsim/balancer";

    private const string Tls = "https";

    /// <summary>The namespace.</summary>
    public string Namespace => settings.Namespace;

    /// <summary>The files, below <c>base/</c>.</summary>
    /// <param name="lab">Files of the ConfigMap <c>lab</c>.</param>
    /// <param name="pki">Files of the Secret <c>pki</c>.</param>
    public IEnumerable<ExportFile> Files(IReadOnlyList<ExportFile> lab, IReadOnlyList<ExportFile> pki)
    {
        var resources = new List<(string Name, string Text)>
        {
            ("namespace.yaml", Tree.File("Pods that could do harm are not admitted here.", Objects.Namespace(settings.Namespace))),
            ("network-policy.yaml", Tree.File("Pods reach one another and the cluster's DNS, and nothing else.", Objects.NothingOutward())),
            ("autodetect.yaml", Tree.File("AutoDetect. Its pods have names like those of the real service.", AutoDetect())),
            ("cloud.yaml", Tree.File("Exchange Online, the login endpoint, providers of mail, and the authorities' download servers.", Server(parts.Cloud, Tls))),
            ("gateway.yaml", Tree.File("The HTTP proxy by which programs reach every host of the lab.", Server(parts.Gateway, "proxy"))),
            ("dns.yaml", Tree.File("The lab's zone.", Server(parts.Dns, "dns"))),
        };
        foreach (var balancer in parts.Balancers.Where(balancer => parts.NodesOf(balancer).Any()))
        {
            resources.Add(($"nodes-{balancer.Name}.yaml", Tree.File(
                $"The nodes of {balancer.Balancer!.Name}: a Deployment for each, because each has a name and a chain by itself, and a Service by which it is reached alone.",
                parts.NodesOf(balancer).SelectMany(Node))));
        }

        foreach (var balancer in parts.Balancers.Where(balancer => !Balancers.RealBalancers.CanReplace(balancer.Balancer!)))
        {
            resources.Add(($"balancer-{balancer.Name}.yaml", Tree.File(
                $"AutoDetectSim's own balancer in every overlay, because of {string.Join(", ", Balancers.RealBalancers.OwnSettings(balancer.Balancer!))}.", OwnBalancer(balancer))));
        }

        foreach (var (name, text) in resources)
        {
            yield return ExportFile.Text("base/" + name, text);
        }

        foreach (var file in lab)
        {
            yield return file with { Path = "base/lab/" + file.Path };
        }

        foreach (var file in pki)
        {
            yield return file with { Path = "base/pki/" + file.Path };
        }

        yield return ExportFile.Text("base/kustomization.yaml", Tree.File("Not to be applied alone: an overlay adds what balances.", Objects.Kustomization(
            ("namespace", settings.Namespace),
            ("resources", resources.Select(resource => resource.Name)),
            ("configMapGenerator", Tree.List(Tree.Map(("name", Pods.LabMap), ("files", lab.Select(file => "lab/" + file.Path))))),
            ("secretGenerator", Tree.List(Tree.Map(("name", Pods.PkiSecret), ("files", pki.Select(file => "pki/" + file.Path))))),
            ("generatorOptions", Tree.Map(("disableNameSuffixHash", true))))));
    }

    /// <summary>AutoDetectSim's own balancer.</summary>
    public IEnumerable<YamlMap> OwnBalancer(ExportedPart balancer)
    {
        var labels = Pods.Labels(balancer.Name, "balancer");
        yield return Objects.Service(balancer.Name, labels, Pods.Selector(balancer.Name), [Objects.Port(Tls, balancer.ServicePort, Tls)], onlyReady: false);
        yield return Objects.Deployment(balancer.Name, labels, 1, Pod(balancer, Tls));
    }

    private IEnumerable<YamlMap> Node(ExportedPart node)
    {
        var balancer = parts.Balancers.First(one => ReferenceEquals(one.Balancer, node.Balancer));
        var labels = Pods.Labels(node.Name, "node", (BalancerLabel, balancer.Name), (InService, node.Node!.Up ? "true" : null));
        yield return Objects.Service(
            node.Name, labels, Pods.Selector(node.Name), [Objects.Port(Tls, node.ServicePort, Tls), Objects.Port("health", ExportedParts.HealthPort, "health")], onlyReady: false);
        yield return Objects.Deployment(node.Name, labels, 1, Pod(node, Tls));
    }

    private IEnumerable<YamlMap> AutoDetect()
    {
        var part = parts.AutoDetect;
        var labels = Pods.Labels(part.Name, "autodetect");
        yield return Objects.Service(part.Name, labels, Pods.Selector(part.Name), [Objects.Port("http", part.ServicePort, "http")], onlyReady: false);
        yield return Objects.Deployment("autodetect-deployment", labels, parts.Instances, Pod(part, "http"), Pods.Selector(part.Name));
    }

    private IEnumerable<YamlMap> Server(ExportedPart part, string port)
    {
        var labels = Pods.Labels(part.Name, part.Name);
        YamlMap[] ports = part.Kind == ExportedKind.Dns
            ? [Objects.Port("dns", part.ServicePort, "dns", "UDP"), Objects.Port("dns-tcp", part.ServicePort, "dns-tcp", "TCP")]
            : [Objects.Port(port, part.ServicePort, port)];
        yield return Objects.Service(part.Name, labels, Pods.Selector(part.Name), ports, onlyReady: false);
        yield return Objects.Deployment(part.Name, labels, 1, Pod(part, port));
    }

    private YamlMap Pod(ExportedPart part, string port)
    {
        YamlMap[] ports = part.Kind == ExportedKind.Dns
            ? [Objects.ContainerPort("dns", part.Port, "UDP"), Objects.ContainerPort("dns-tcp", part.Port, "TCP")]
            : [Objects.ContainerPort(port, part.Port)];
        var arguments = PartCommand.Of(part.Role, ExportedParts.HealthPort);
        var isNamed = part.Kind == ExportedKind.AutoDetect && !parts.HasNamedInstances;
        return Pods.Spec(Pods.Server(settings.Image, isNamed ? [.. arguments, "--instance", "$(POD_NAME)"] : arguments, ports, PartResources.Of(part.Kind), isNamed), needsPki: true);
    }
}
