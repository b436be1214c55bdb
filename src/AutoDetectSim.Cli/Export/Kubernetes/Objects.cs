using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>Objects of Kubernetes.</summary>
internal static class Objects
{
    /// <summary>A Deployment.</summary>
    public static YamlMap Deployment(string name, YamlMap labels, int replicas, YamlMap pod, YamlMap? selector = null) => Tree.Map(
        ("apiVersion", "apps/v1"),
        ("kind", "Deployment"),
        ("metadata", Tree.Map(("name", name), ("labels", labels))),
        ("spec", Tree.Map(
            ("replicas", replicas),
            ("selector", Tree.Map(("matchLabels", selector ?? Pods.Selector(name)))),
            ("template", Tree.Map(("metadata", Tree.Map(("labels", labels))), ("spec", pod))))));

    /// <summary>A Service.</summary>
    /// <param name="name">The name, by which other parts reach it.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="selector">The pods behind it.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="onlyReady">Whether pods that are not ready are left out.</param>
    /// <param name="more">Other members of the specification.</param>
    public static YamlMap Service(string name, YamlMap labels, YamlMap selector, IReadOnlyList<YamlMap> ports, bool onlyReady, params ReadOnlySpan<(string Key, object? Value)> more) => Tree.Map(
        ("apiVersion", "v1"),
        ("kind", "Service"),
        ("metadata", Tree.Map(("name", name), ("labels", labels))),
        ("spec", Tree.Map([("selector", selector), ("ports", ports), ("publishNotReadyAddresses", onlyReady ? null : true), .. more])));

    /// <summary>A port of a Service.</summary>
    public static YamlMap Port(string name, int port, string target, string? protocol = null) =>
        Tree.Map(("name", name), ("port", port), ("targetPort", target), ("protocol", protocol));

    /// <summary>A port of a container.</summary>
    public static YamlMap ContainerPort(string name, int port, string? protocol = null) => Tree.Map(("name", name), ("containerPort", port), ("protocol", protocol));

    /// <summary>A namespace whose pods must be confined.</summary>
    public static YamlMap Namespace(string name) => Tree.Map(
        ("apiVersion", "v1"),
        ("kind", "Namespace"),
        ("metadata", Tree.Map(
            ("name", name),
            ("labels", Tree.Map(("app.kubernetes.io/part-of", "autodetectsim"), ("pod-security.kubernetes.io/enforce", "restricted"))))));

    /// <summary>A policy by which pods reach one another and the cluster's DNS, and nothing else.</summary>
    /// <param name="entrances">Rules for connections from outside the namespace.</param>
    public static YamlMap NothingOutward(params IEnumerable<YamlMap> entrances) => Tree.Map(
        ("apiVersion", "networking.k8s.io/v1"),
        ("kind", "NetworkPolicy"),
        ("metadata", Tree.Map(("name", "nothing-outward"))),
        ("spec", Tree.Map(
            ("podSelector", Tree.Map()),
            ("policyTypes", Tree.List("Ingress", "Egress")),
            ("ingress", Tree.List([Tree.Map(("from", Tree.List(Tree.Map(("podSelector", Tree.Map()))))), .. entrances])),
            ("egress", Tree.List(
                Tree.Map(("to", Tree.List(Tree.Map(("podSelector", Tree.Map()))))),
                Tree.Map(
                    ("to", Tree.List(Tree.Map(
                        ("namespaceSelector", Tree.Map(("matchLabels", Tree.Map(("kubernetes.io/metadata.name", "kube-system"))))),
                        ("podSelector", Tree.Map(("matchLabels", Tree.Map(("k8s-app", "kube-dns")))))))),
                    ("ports", Tree.List(Tree.Map(("protocol", "UDP"), ("port", 53)), Tree.Map(("protocol", "TCP"), ("port", 53))))))))));

    /// <summary>A kustomization.</summary>
    public static YamlMap Kustomization(params ReadOnlySpan<(string Key, object? Value)> members) =>
        Tree.Map([("apiVersion", "kustomize.config.k8s.io/v1beta1"), ("kind", "Kustomization"), .. members]);

    /// <summary>A Job that can be created again and again.</summary>
    public static YamlMap Job(string name, string space, YamlMap container, int parallelism = 1) => Tree.Map(
        ("apiVersion", "batch/v1"),
        ("kind", "Job"),
        ("metadata", Tree.Map(("generateName", name + "-"), ("namespace", space), ("labels", Pods.Labels(name, "job")))),
        ("spec", Tree.Map(
            ("backoffLimit", 0),
            ("ttlSecondsAfterFinished", 86400),
            ("parallelism", parallelism == 1 ? null : parallelism),
            ("completions", parallelism == 1 ? null : parallelism),
            ("template", Tree.Map(
                ("metadata", Tree.Map(("labels", Pods.Labels(name, "job")))),
                ("spec", Pods.Spec(container, needsPki: false, restartPolicy: "Never")))))));
}
