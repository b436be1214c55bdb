using System.Globalization;
using System.Text;
using AutoDetectSim.Cli.Export.Kubernetes;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export.Compose;

/// <summary>
/// pod.yaml for <c>podman play kube</c>: the whole lab in one Pod, with what it needs in the same file. Its parts share one loopback interface
/// and have a port each, because podman gives Pods no names of one another.
/// </summary>
internal sealed class PodFile(ExportedParts parts, string image)
{
    private const int FirstPort = 20000;
    private const int FirstHealthPort = 30000;

    private readonly Dictionary<string, int> _ports = parts.All.Select((part, index) => (part.Role, Port: part.Kind == ExportedKind.Gateway ? part.Port : FirstPort + index)).ToDictionary(one => one.Role, one => one.Port, StringComparer.Ordinal);
    private readonly string _name = DnsLabels.LabelOf(parts.Scenario.Name);

    private string LabName => _name + "-lab";

    private string PkiName => _name + "-pki";

    private string TemporaryName => _name + "-tmp";

    /// <summary>The file, which has the private keys in it.</summary>
    /// <param name="lab">Files of the lab besides that of its parts.</param>
    /// <param name="pki">The PKI.</param>
    public ExportFile File(IEnumerable<ExportFile> lab, IEnumerable<ExportFile> pki)
    {
        var partsFile = parts.File(part => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[part.Role]}"), part => _ports[part.Role], _ => true);
        var data = lab.Select(TextOf).Append(KeyValuePair.Create("parts.yaml", partsFile));
        return ExportFile.Text("pod.yaml", Tree.File(
            "podman play kube pod.yaml: the lab in one Pod, and its gateway at port 8888 of this computer. It has private keys of the lab in it.",
            Tree.Map(("apiVersion", "v1"), ("kind", "ConfigMap"), ("metadata", Tree.Map(("name", LabName))), ("data", Tree.Map(data))),
            // Not a Secret: podman before 4.4 does not decode what is in one.
            Tree.Map(("apiVersion", "v1"), ("kind", "ConfigMap"), ("metadata", Tree.Map(("name", PkiName))), ("data", Tree.Map(pki.Select(TextOf)))),
            Tree.Map(
                ("apiVersion", "v1"),
                ("kind", "Pod"),
                ("metadata", Tree.Map(("name", _name), ("labels", Pods.Labels(_name, "lab")))),
                ("spec", Pod()))), isSecret: true);
    }

    private static KeyValuePair<string, string> TextOf(ExportFile file) => KeyValuePair.Create(file.Path, Encoding.UTF8.GetString(file.Content));

    private YamlMap Pod() => Tree.Map(
        ("automountServiceAccountToken", false),
        ("securityContext", Pods.NoRoot(Pods.User)),
        ("containers", Tree.List(parts.All.Select(Container))),
        ("volumes", Tree.List(
            Tree.Map(("name", LabName), ("configMap", Tree.Map(("name", LabName), ("optional", false)))),
            Tree.Map(("name", PkiName), ("configMap", Tree.Map(("name", PkiName), ("optional", false)))),
            Tree.Map(("name", TemporaryName), ("emptyDir", Tree.Map())))));

    private static YamlMap Published(int port, int hostPort) => Tree.Map(("containerPort", port), ("hostPort", hostPort), ("hostIP", "127.0.0.1"));

    private YamlMap Container(ExportedPart part, int index)
    {
        var isGateway = part.Kind == ExportedKind.Gateway;
        return Tree.Map(
            ("name", part.Name),
            ("image", image),
            ("args", PartCommand.Of(part.Role, FirstHealthPort + index, isGateway ? "0.0.0.0" : "127.0.0.1")),
            ("ports", isGateway ? Tree.List(Published(part.Port, part.Port), Published(FirstHealthPort + index, ExportedParts.PublishedHealthPort)) : null),
            ("resources", PartResources.Of(part.Kind).ToTree()),
            ("securityContext", Pods.Confinement()),
            ("volumeMounts", Tree.List(
                Pods.Mount(LabName, PartCommand.LabFolder), Pods.Mount(PkiName, PartCommand.PkiFolder), Tree.Map(("name", TemporaryName), ("mountPath", "/tmp")))));
    }
}
