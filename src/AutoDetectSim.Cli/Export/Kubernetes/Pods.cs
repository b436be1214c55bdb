using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>Pods as every object of an export has them: not root, nothing writable but /tmp, no rights in the cluster.</summary>
internal static class Pods
{
    /// <summary>The user of the image.</summary>
    public const int User = 1654;

    /// <summary>The container of AutoDetectSim.</summary>
    public const string Container = "autodetectsim";

    /// <summary>The name of the ConfigMap with scenario, parts and roots, and of the volume that it is mounted from.</summary>
    public const string LabMap = "lab";

    /// <summary>The name of the Secret with the PKI.</summary>
    public const string PkiSecret = "pki";

    private const string TemporaryVolume = "tmp";

    /// <summary>The mode of files in a Secret: the group of the pod reads them.</summary>
    public const int SecretMode = 0x120; // octal 0440

    /// <summary>The labels of an object or its pods.</summary>
    /// <param name="name">The part.</param>
    /// <param name="component">What it is, for example <c>node</c>.</param>
    /// <param name="more">Other labels.</param>
    public static YamlMap Labels(string name, string component, params ReadOnlySpan<(string Key, object? Value)> more) =>
        Tree.Map([("app.kubernetes.io/part-of", "autodetectsim"), ("app.kubernetes.io/name", name), ("app.kubernetes.io/component", component), .. more]);

    /// <summary>A selector of the pods of a part.</summary>
    public static YamlMap Selector(string name) => Tree.Map(("app.kubernetes.io/name", name));

    /// <summary>The specification of a pod with a container of AutoDetectSim.</summary>
    /// <param name="container">The container.</param>
    /// <param name="needsPki">Whether it has the PKI.</param>
    /// <param name="restartPolicy">When it is started again; null for a pod of a Deployment.</param>
    public static YamlMap Spec(YamlMap container, bool needsPki, string? restartPolicy = null)
    {
        var lab = Tree.Map(("name", LabMap), ("configMap", Tree.Map(("name", LabMap))));
        var pki = Tree.Map(("name", PkiSecret), ("secret", Tree.Map(("secretName", PkiSecret), ("defaultMode", SecretMode))));
        return SpecOf(container, User, restartPolicy, needsPki ? [lab, pki] : [lab]);
    }

    /// <summary>The specification of a pod with one container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="user">The user and group that it runs as.</param>
    /// <param name="restartPolicy">When it is started again; null for a pod of a Deployment.</param>
    /// <param name="volumes">Its volumes beside the temporary folder.</param>
    public static YamlMap SpecOf(YamlMap container, int user, string? restartPolicy, params IEnumerable<YamlMap> volumes) => Tree.Map(
        ("restartPolicy", restartPolicy),
        ("automountServiceAccountToken", false),
        ("enableServiceLinks", false),
        ("securityContext", NoRoot(user)),
        ("containers", Tree.List(container)),
        ("volumes", Tree.List([.. volumes, Tree.Map(("name", TemporaryVolume), ("emptyDir", Tree.Map(("medium", "Memory"), ("sizeLimit", "64Mi"))))])));

    /// <summary>A container of AutoDetectSim that serves.</summary>
    /// <param name="image">The image.</param>
    /// <param name="arguments">The arguments of the command.</param>
    /// <param name="ports">Its ports beside that of the health endpoint.</param>
    /// <param name="resources">What it needs.</param>
    /// <param name="knowsPod">Whether the variable POD_NAME has the name of its pod.</param>
    public static YamlMap Server(string image, IReadOnlyList<string> arguments, IReadOnlyList<YamlMap> ports, PartResources resources, bool knowsPod) => Tree.Map(
        ("name", Container),
        ("image", image),
        ("args", arguments),
        ("env", knowsPod ? Tree.List(Tree.Map(("name", "POD_NAME"), ("valueFrom", Tree.Map(("fieldRef", Tree.Map(("fieldPath", "metadata.name"))))))) : null),
        ("ports", Tree.List([.. ports, Tree.Map(("name", "health"), ("containerPort", ExportedParts.HealthPort))])),
        ("startupProbe", Probe("/healthz", period: 1, failures: 120)),
        ("readinessProbe", Probe("/readyz", period: 3, failures: 2)),
        ("livenessProbe", Probe("/healthz", period: 10, failures: 3)),
        ("resources", resources.ToTree()),
        ("securityContext", Confinement()),
        ("volumeMounts", Tree.List(Mount(LabMap, PartCommand.LabFolder), Mount(PkiSecret, PartCommand.PkiFolder), Tree.Map(("name", TemporaryVolume), ("mountPath", "/tmp")))));

    /// <summary>A container of AutoDetectSim that calls a lab and ends.</summary>
    public static YamlMap Client(string image, IReadOnlyList<string> arguments, PartResources resources) => Tree.Map(
        ("name", Container),
        ("image", image),
        ("args", arguments),
        ("resources", resources.ToTree()),
        ("securityContext", Confinement()),
        ("volumeMounts", Tree.List(Mount(LabMap, PartCommand.LabFolder), Tree.Map(("name", TemporaryVolume), ("mountPath", "/tmp")))));

    /// <summary>A volume mounted read-only.</summary>
    public static YamlMap Mount(string volume, string path) => Tree.Map(("name", volume), ("mountPath", path), ("readOnly", true));

    /// <summary>The temporary folder of a container.</summary>
    public static YamlMap TemporaryMount() => Tree.Map(("name", TemporaryVolume), ("mountPath", "/tmp"));

    /// <summary>The security of a pod that does not run as root.</summary>
    public static YamlMap NoRoot(int user) => Tree.Map(
        ("runAsNonRoot", true), ("runAsUser", user), ("runAsGroup", user), ("fsGroup", user), ("seccompProfile", Tree.Map(("type", "RuntimeDefault"))));

    /// <summary>What a container must not do.</summary>
    public static YamlMap Confinement() => Tree.Map(
        ("allowPrivilegeEscalation", false), ("readOnlyRootFilesystem", true), ("capabilities", Tree.Map(("drop", Tree.List("ALL")))));

    private static YamlMap Probe(string path, int period, int failures) => Tree.Map(
        ("httpGet", Tree.Map(("path", path), ("port", "health"))), ("periodSeconds", period), ("failureThreshold", failures));
}
