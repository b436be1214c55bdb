using System.Globalization;
using System.Text;
using AutoDetectSim.Cli.Export.Kubernetes;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export.Class;

/// <summary>A class on Kubernetes: a namespace with a lab for each trainee, and one for the trainer, who sees the progress of all.</summary>
internal sealed class ClassExport(Scenario scenario, ClassSettings settings)
{
    private const string Lab = "lab";
    private const string Access = "access";
    private const string Progress = "progress";
    private const string Console = "console";
    private const string Gateway = "gateway";
    private const string AccessFolder = "/access";
    private const string ProgressFolder = "/progress";
    private const string Trainer = "trainer";

    /// <summary>The files.</summary>
    public IReadOnlyList<ExportFile> Files()
    {
        var links = new StringBuilder();
        var files = new List<ExportFile>();
        files.AddRange(Seat("trainer", Trainer, ClassSettings.FirstConsolePort, gatewayPort: null, settings.ProgressFolder, ["--class-data", ProgressFolder], links));
        for (var number = 1; number <= settings.Seats; number++)
        {
            var name = settings.SeatName(number);
            files.AddRange(Seat(
                "trainees/" + name, name, ClassSettings.FirstConsolePort + number, ClassSettings.FirstGatewayPort + number, $"{settings.ProgressFolder}/{name}", ["--data", ProgressFolder, "--trainee", name], links));
        }

        return
        [
            ExportFile.Text("README.md", ClassReadMe.Write(scenario, settings)),
            ExportFile.Text("kustomization.yaml", Tree.File("The whole class.", Objects.Kustomization(
                ("resources", (string[])[Trainer, .. Enumerable.Range(1, settings.Seats).Select(number => "trainees/" + settings.SeatName(number))])))),
            ExportFile.Text("links.txt", links.ToString(), isSecret: true),
            .. files,
        ];
    }

    private IEnumerable<ExportFile> Seat(string folder, string name, int consolePort, int? gatewayPort, string progress, string[] data, StringBuilder links)
    {
        var space = $"{settings.Name}-{name}";
        var reachedAt = settings.ReachedAt(consolePort);
        var token = ClassSettings.NewToken();
        string[] arguments =
        [
            Console, $"{PartCommand.LabFolder}/scenario.yaml", "--listen", string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{ClassSettings.ConsolePort}"), "--token-file", $"{AccessFolder}/{Console}", "--reached-at", reachedAt,
            .. gatewayPort is null ? [] : (string[])["--gateway", string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{ExportedParts.GatewayPort}"), "--gateway-token-file", $"{AccessFolder}/{Gateway}"],
            .. data,
        ];
        links.Append(CultureInfo.InvariantCulture, $"{name}  http://{reachedAt}/enter?token={token}");
        yield return ExportFile.Text($"{folder}/{Access}/{Console}", token, isSecret: true);
        if (gatewayPort is { } port)
        {
            var gatewayToken = ClassSettings.NewToken();
            links.Append(CultureInfo.InvariantCulture, $"  http://{name}:{gatewayToken}@{settings.GatewayAt(port)}");
            yield return ExportFile.Text($"{folder}/{Access}/{Gateway}", gatewayToken, isSecret: true);
        }

        links.Append('\n');
        yield return ExportFile.Text($"{folder}/scenario.yaml", ScenarioWriter.Write(scenario));
        yield return ExportFile.Text($"{folder}/lab.yaml", Tree.File(
            gatewayPort is null ? "The trainer's console, whose page Class shows the progress of all." : $"The lab of {name}: console, lessons and gateway in one pod.",
            [
                Objects.Namespace(space),
                Volume(space, progress),
                Claim(),
                Objects.NothingOutward(Entrance(gatewayPort is not null)),
                Service(consolePort, gatewayPort),
                Objects.Deployment(Lab, Pods.Labels(Lab, Console), 1, Pod(arguments, gatewayPort is not null)),
            ]));
        yield return ExportFile.Text($"{folder}/kustomization.yaml", Tree.File($"kubectl apply -k {folder}", Objects.Kustomization(
            ("namespace", space),
            ("resources", Tree.List("lab.yaml")),
            ("configMapGenerator", Tree.List(Tree.Map(("name", Lab), ("files", Tree.List("scenario.yaml"))))),
            ("secretGenerator", Tree.List(Tree.Map(("name", Access), ("files", gatewayPort is null ? [$"{Access}/{Console}"] : (string[])[$"{Access}/{Console}", $"{Access}/{Gateway}"])))),
            ("generatorOptions", Tree.Map(("disableNameSuffixHash", true))))));
    }

    /// <summary>A volume that no other claim gets. It is a folder of the node; a cluster of several nodes needs one that they share, for example NFS.</summary>
    private static YamlMap Volume(string space, string path) => Tree.Map(
        ("apiVersion", "v1"),
        ("kind", "PersistentVolume"),
        ("metadata", Tree.Map(("name", space), ("labels", Tree.Map(("app.kubernetes.io/part-of", "autodetectsim"))))),
        ("spec", Tree.Map(
            ("capacity", Tree.Map(("storage", "64Mi"))),
            ("accessModes", Tree.List("ReadWriteMany")),
            ("persistentVolumeReclaimPolicy", "Retain"),
            ("storageClassName", string.Empty),
            ("claimRef", Tree.Map(("namespace", space), ("name", Progress))),
            ("hostPath", Tree.Map(("path", path), ("type", "Directory"))))));

    private static YamlMap Claim() => Tree.Map(
        ("apiVersion", "v1"),
        ("kind", "PersistentVolumeClaim"),
        ("metadata", Tree.Map(("name", Progress))),
        ("spec", Tree.Map(
            ("accessModes", Tree.List("ReadWriteMany")),
            ("storageClassName", string.Empty),
            ("resources", Tree.Map(("requests", Tree.Map(("storage", "64Mi"))))))));

    private static YamlMap Entrance(bool hasGateway) => Tree.Map(("ports", Tree.List([
        Tree.Map(("protocol", "TCP"), ("port", ClassSettings.ConsolePort)),
        .. hasGateway ? (object[])[Tree.Map(("protocol", "TCP"), ("port", ExportedParts.GatewayPort))] : [],
    ])));

    private YamlMap Service(int consolePort, int? gatewayPort)
    {
        var isOpen = settings.Host is not null;
        var ports = new List<YamlMap> { Port(Console, ClassSettings.ConsolePort, isOpen ? consolePort : null) };
        if (gatewayPort is not null)
        {
            ports.Add(Port(Gateway, ExportedParts.GatewayPort, isOpen ? gatewayPort : null));
        }

        return Objects.Service(Lab, Pods.Labels(Lab, Console), Pods.Selector(Lab), ports, onlyReady: true, ("type", isOpen ? "NodePort" : null));
    }

    private static YamlMap Port(string name, int port, int? atNode) => Tree.Map(("name", name), ("port", port), ("targetPort", name), ("nodePort", atNode));

    private YamlMap Pod(IReadOnlyList<string> arguments, bool hasGateway) => Pods.SpecOf(
        Tree.Map(
            ("name", Pods.Container),
            ("image", settings.Image),
            ("args", arguments),
            ("ports", Tree.List([Objects.ContainerPort(Console, ClassSettings.ConsolePort), .. hasGateway ? (object[])[Objects.ContainerPort(Gateway, ExportedParts.GatewayPort)] : []])),
            ("readinessProbe", Tree.Map(("tcpSocket", Tree.Map(("port", Console))), ("periodSeconds", 3))),
            ("resources", PartResources.Console.ToTree()),
            ("securityContext", Pods.Confinement()),
            ("volumeMounts", Tree.List(
                Pods.Mount(Lab, PartCommand.LabFolder), Pods.Mount(Access, AccessFolder), Tree.Map(("name", Progress), ("mountPath", ProgressFolder)), Pods.TemporaryMount()))),
        Pods.User,
        restartPolicy: null,
        Tree.Map(("name", Lab), ("configMap", Tree.Map(("name", Lab)))),
        Tree.Map(("name", Access), ("secret", Tree.Map(("secretName", Access), ("defaultMode", Pods.SecretMode)))),
        Tree.Map(("name", Progress), ("persistentVolumeClaim", Tree.Map(("claimName", Progress)))));
}
