using System.Globalization;
using System.Text;
using AutoDetectSim.Cli.Export.Balancers;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>The overlays: what takes the connections that a scenario's load balancers would take.</summary>
internal sealed class KubernetesOverlays(ExportedParts parts, KubernetesBase common)
{
    private const string Tls = "https";
    private const string ConfigurationVolume = "configuration";
    private static readonly CompositeFormat NginxFile = CompositeFormat.Parse("nginx-{0}.conf");
    private static readonly CompositeFormat HaProxyFile = CompositeFormat.Parse("haproxy-{0}.cfg");

    /// <summary>The overlays with a word about each.</summary>
    public static IReadOnlyList<(string Name, string Words)> All { get; } =
    [
        ("service", "a Service: kube-proxy draws a node for each connection"),
        ("balancer", "AutoDetectSim's own balancer: the scenario's algorithm, exactly"),
        ("nginx", "nginx, which passes TCP connections on"),
        ("haproxy", "HAProxy, which asks /readyz of each node"),
    ];

    /// <summary>The files, below <c>overlays/</c>.</summary>
    /// <param name="ownParts">The file of the parts where all load balancers are AutoDetectSim's.</param>
    public IEnumerable<ExportFile> Files(ExportFile ownParts)
    {
        var replaceable = parts.Balancers.Where(balancer => RealBalancers.CanReplace(balancer.Balancer!)).ToList();
        return
        [
            .. Overlay("service", replaceable, ServiceOf, configuration: null),
            .. Overlay("balancer", replaceable, common.OwnBalancer, configuration: null, ownParts),
            .. Overlay("nginx", replaceable, balancer => Proxy(balancer, NginxConfiguration.Image, "/etc/nginx/nginx.conf", NginxFile, user: 101), balancer =>
                ExportFile.Text(string.Format(CultureInfo.InvariantCulture, NginxFile, balancer.Name), NginxConfiguration.Write(balancer, parts.NodesOf(balancer).Select(node => (node, AddressOf(node))), balancer.Port))),
            .. Overlay("haproxy", replaceable, balancer => Proxy(balancer, HaProxyConfiguration.Image, "/usr/local/etc/haproxy/haproxy.cfg", HaProxyFile, user: 99), balancer =>
                ExportFile.Text(string.Format(CultureInfo.InvariantCulture, HaProxyFile, balancer.Name), HaProxyConfiguration.Write(balancer, parts.NodesOf(balancer).Select(node => (node, AddressOf(node), ExportedParts.HealthPort)), balancer.Port))),
        ];
    }

    private static string AddressOf(ExportedPart node) => string.Create(CultureInfo.InvariantCulture, $"{node.Name}:{node.ServicePort}");

    private IEnumerable<ExportFile> Overlay(string name, List<ExportedPart> balancers, Func<ExportedPart, IEnumerable<YamlMap>> objects, Func<ExportedPart, ExportFile>? configuration, ExportFile? ownParts = null)
    {
        var words = All.First(overlay => overlay.Name == name).Words;
        var files = configuration is null ? [] : balancers.ConvertAll(balancer => (Balancer: balancer, File: configuration(balancer)));
        var folder = $"overlays/{name}/";
        if (balancers.Count > 0)
        {
            yield return ExportFile.Text(folder + "balancers.yaml", Tree.File($"What balances is {words}.", balancers.SelectMany(objects)));
        }

        if (ownParts is not null)
        {
            yield return ownParts with { Path = folder + ownParts.Path };
        }

        YamlMap[] maps =
        [
            .. ownParts is null ? [] : (YamlMap[])[Tree.Map(("name", Pods.LabMap), ("behavior", "merge"), ("files", Tree.List(ownParts.Path)))],
            .. files.Select(one => Tree.Map(("name", MapOf(one.Balancer)), ("files", Tree.List(one.File.Path)))),
        ];
        foreach (var (_, file) in files)
        {
            yield return file with { Path = folder + file.Path };
        }

        yield return ExportFile.Text(folder + "kustomization.yaml", Tree.File($"What balances is {words}.", Objects.Kustomization(
            ("resources", balancers.Count > 0 ? ["../../base", "balancers.yaml"] : (string[])["../../base"]),
            ("configMapGenerator", maps.Length == 0 ? null : Tree.List(maps)),
            ("namespace", maps.Length == 0 ? null : common.Namespace),
            ("generatorOptions", maps.Length == 0 ? null : Tree.Map(("disableNameSuffixHash", true))))));
    }

    private static string MapOf(ExportedPart balancer) => balancer.Name + "-configuration";

    private static IEnumerable<YamlMap> ServiceOf(ExportedPart balancer)
    {
        var isSticky = balancer.Balancer!.Persistence == Persistence.SourceAddress || balancer.Balancer.Algorithm == BalancingAlgorithm.SourceHash;
        yield return Objects.Service(
            balancer.Name,
            Pods.Labels(balancer.Name, "balancer"),
            Tree.Map((KubernetesBase.BalancerLabel, balancer.Name), (KubernetesBase.InService, "true")),
            [Objects.Port(Tls, balancer.ServicePort, Tls)],
            onlyReady: true,
            ("sessionAffinity", isSticky ? "ClientIP" : null));
    }

    private static IEnumerable<YamlMap> Proxy(ExportedPart balancer, string image, string path, CompositeFormat file, int user)
    {
        var labels = Pods.Labels(balancer.Name, "balancer");
        yield return Objects.Service(balancer.Name, labels, Pods.Selector(balancer.Name), [Objects.Port(Tls, balancer.ServicePort, Tls)], onlyReady: true);
        var container = Tree.Map(
            ("name", "balancer"),
            ("image", image),
            ("ports", Tree.List(Objects.ContainerPort(Tls, balancer.Port))),
            ("readinessProbe", Tree.Map(("tcpSocket", Tree.Map(("port", Tls))), ("periodSeconds", 3))),
            ("resources", PartResources.RealBalancer.ToTree()),
            ("securityContext", Pods.Confinement()),
            ("volumeMounts", Tree.List(
                Tree.Map(("name", ConfigurationVolume), ("mountPath", path), ("subPath", string.Format(CultureInfo.InvariantCulture, file, balancer.Name)), ("readOnly", true)),
                Pods.TemporaryMount())));
        yield return Objects.Deployment(balancer.Name, labels, 1, Pods.SpecOf(
            container, user, restartPolicy: null, Tree.Map(("name", ConfigurationVolume), ("configMap", Tree.Map(("name", MapOf(balancer)))))));
    }
}
