using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Cli.Export;
using AutoDetectSim.Cli.Export.Class;
using AutoDetectSim.Cli.Export.Compose;
using AutoDetectSim.Cli.Export.Kubernetes;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using k8s;

namespace AutoDetectSim.Cli.Tests.Export;

/// <summary>Exports without a PKI of their own, and what Kubernetes' client reads in them.</summary>
internal static class Exported
{
    public static IReadOnlyList<ExportFile> Pki { get; } = [ExportFile.Text("roots.pem", "-----BEGIN CERTIFICATE-----\n"), ExportFile.Text("customer-mail-p256.key.pem", "key\n", isSecret: true)];

    public static Scenario Load(string name) => ScenarioLibrary.Load(name).Scenario!;

    public static IReadOnlyList<ExportFile> Kubernetes(string name) => Kubernetes(Load(name));

    public static IReadOnlyList<ExportFile> Kubernetes(Scenario scenario)
    {
        var parts = ExportedParts.Of(scenario);
        return KubernetesExport.Files(parts, new KubernetesSettings("registry.example/autodetectsim:0.1.0", DnsLabels.LabelOf(scenario.Name)), [ExportSource.ScenarioFile(parts.Scenario), Pki[0]], Pki);
    }

    public static IReadOnlyList<ExportFile> Compose(string name)
    {
        var parts = ExportedParts.Of(Load(name));
        return ComposeExport.Files(parts, "autodetectsim:0.1.0", [ExportSource.ScenarioFile(parts.Scenario), Pki[0]], Pki);
    }

    public static IReadOnlyList<ExportFile> Class(string name, int seats, string? host = null) =>
        new ClassExport(Load(name), new ClassSettings("autodetectsim:0.1.0", name, seats, host)).Files();

    public static string TextOf(this IReadOnlyList<ExportFile> files, string path) => System.Text.Encoding.UTF8.GetString(files.Single(file => file.Path == path).Content);

    /// <summary>Every object of the manifests, read as Kubernetes reads them: a member that it does not know is an error.</summary>
    public static IReadOnlyList<object> Objects(this IReadOnlyList<ExportFile> files) =>
        [.. files.Where(file => IsManifest(file.Path)).SelectMany(file => KubernetesYaml.LoadAllFromString(System.Text.Encoding.UTF8.GetString(file.Content), Types, strict: true))];

    public static bool IsManifest(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) && !path.EndsWith("scenario.yaml", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("parts", StringComparison.Ordinal) && !path.StartsWith("compose.", StringComparison.Ordinal);

    private static Dictionary<string, Type> Types { get; } = new(StringComparer.Ordinal) { ["kustomize.config.k8s.io/v1beta1/Kustomization"] = typeof(Kustomization) };
}

/// <summary>A kustomization, which is not among the client's types.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The YAML reader makes it.")]
internal sealed class Kustomization
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public string? Namespace { get; set; }

    public List<string> Resources { get; set; } = [];

    public List<Generator> ConfigMapGenerator { get; set; } = [];

    public List<Generator> SecretGenerator { get; set; } = [];

    public Dictionary<string, bool> GeneratorOptions { get; set; } = [];
}

/// <summary>A generator of a kustomization.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The YAML reader makes it.")]
internal sealed class Generator
{
    public string Name { get; set; } = "";

    public string? Behavior { get; set; }

    public List<string> Files { get; set; } = [];
}
