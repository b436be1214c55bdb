using System.Globalization;
using AutoDetectSim.Cli.Export.Balancers;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export.Compose;

/// <summary>compose.yaml: a service for each part, on a network that leads nowhere.</summary>
internal sealed class ComposeFile(ExportedParts parts, string image)
{
    private static readonly string[] NginxCommand = ["nginx", "-g", "daemon off;"];
    private static readonly string[] HaProxyCommand = ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"];

    /// <summary>The file of the parts where programs of others balance.</summary>
    public const string OtherParts = "parts-without-proxy-protocol.yaml";

    private const string LabNetwork = "lab";
    private const string HostNetwork = "host";

    /// <summary>The address of a part on the network of the lab.</summary>
    public static string AddressOf(ExportedPart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Name}:{part.Port}");

    /// <summary>The files: compose.yaml, and one more for each program that can balance instead.</summary>
    public IEnumerable<ExportFile> Files()
    {
        yield return ExportFile.Text("compose.yaml", Tree.File(
            "A process for each part. The network lab leads nowhere; the gateway listens on this computer too.",
            Tree.Map(
                ("name", DnsLabels.LabelOf(parts.Scenario.Name)),
                ("services", new YamlMap(default, [.. parts.All.Select(part => new YamlEntry(part.Name, default, Service(part))), .. Calls()])),
                ("networks", Tree.Map((LabNetwork, Tree.Map(("internal", true))), (HostNetwork, Tree.Map()))))));
        var replaceable = parts.Balancers.Where(balancer => RealBalancers.CanReplace(balancer.Balancer!)).ToList();
        if (replaceable.Count == 0)
        {
            yield break;
        }

        yield return Override("nginx", "nginx balances", replaceable.Select(balancer => (balancer, NginxConfiguration.Image, $"nginx-{balancer.Name}.conf", "/etc/nginx/nginx.conf", "101:101", NginxCommand)));
        yield return Override("haproxy", "HAProxy balances", replaceable.Select(balancer => (balancer, HaProxyConfiguration.Image, $"haproxy-{balancer.Name}.cfg", "/usr/local/etc/haproxy/haproxy.cfg", "99:99", HaProxyCommand)));
        foreach (var balancer in replaceable)
        {
            var nodes = parts.NodesOf(balancer).ToList();
            yield return ExportFile.Text($"nginx-{balancer.Name}.conf", NginxConfiguration.Write(balancer, nodes.Select(node => (node, AddressOf(node))), balancer.Port));
            yield return ExportFile.Text($"haproxy-{balancer.Name}.cfg", HaProxyConfiguration.Write(balancer, nodes.Select(node => (node, AddressOf(node), ExportedParts.HealthPort)), balancer.Port));
        }
    }

    private YamlMap Service(ExportedPart part)
    {
        var isGateway = part.Kind == ExportedKind.Gateway;
        return Tree.Map(
            ("image", image),
            ("command", PartCommand.Of(part.Role, ExportedParts.HealthPort)),
            ("volumes", Tree.List("./lab:/lab:ro", $"./{ComposeExport.PkiFolder}:/pki:ro")),
            ("networks", isGateway ? Tree.List(LabNetwork, HostNetwork) : Tree.List(LabNetwork)),
            ("ports", isGateway ? Tree.List(Published(part.Port, part.Port), Published(ExportedParts.PublishedHealthPort, ExportedParts.HealthPort)) : null),
            ("stop_signal", "SIGTERM"),
            ("read_only", true),
            ("tmpfs", Tree.List("/tmp")),
            ("cap_drop", Tree.List("ALL")),
            ("security_opt", Tree.List("no-new-privileges:true")),
            ("mem_limit", "256m"));
    }

    private static string Published(int hostPort, int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{hostPort}:{port}");

    /// <summary>Calls of the lab from inside it, which only run when asked for.</summary>
    private IEnumerable<YamlEntry> Calls() => new LabCalls(parts, string.Create(CultureInfo.InvariantCulture, $"http://{AddressOf(parts.Gateway)}")).All.Select(call => new YamlEntry(call.Name, default, Tree.Map(
        ("image", image),
        ("command", call.Arguments),
        ("profiles", Tree.List("calls")),
        ("volumes", Tree.List("./lab:/lab:ro")),
        ("networks", Tree.List(LabNetwork)),
        ("read_only", true),
        ("tmpfs", Tree.List("/tmp")),
        ("cap_drop", Tree.List("ALL")),
        ("security_opt", Tree.List("no-new-privileges:true")))));

    private ExportFile Override(string name, string words, IEnumerable<(ExportedPart Balancer, string Image, string File, string Path, string User, string[] Command)> balancers) => ExportFile.Text(
        $"compose.{name}.yaml",
        Tree.File(
            $"{words}: -f compose.yaml -f compose.{name}.yaml",
            Tree.Map(("services", new YamlMap(default, [.. balancers.Select(one => new YamlEntry(one.Balancer.Name, default, Tree.Map(
                ("image", one.Image),
                ("user", one.User),
                ("command", one.Command),
                ("volumes", Tree.List($"./{one.File}:{one.Path}:ro"))))),
                .. new[] { parts.AutoDetect, parts.Gateway }.Select(part => new YamlEntry(part.Name, default, Tree.Map(("command", PartCommand.Of(part.Role, ExportedParts.HealthPort, parts: OtherParts)))))])))));
}
