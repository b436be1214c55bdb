using System.Globalization;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>Jobs that call a lab through its gateway: detections, a check of a host, load.</summary>
internal static class KubernetesJobs
{
    private const int LoadPods = 2;

    /// <summary>The calls of a lab.</summary>
    public static LabCalls CallsOf(ExportedParts parts) => new(parts, string.Create(CultureInfo.InvariantCulture, $"http://{parts.Gateway.Name}:{parts.Gateway.ServicePort}"));

    /// <summary>The files, below <c>jobs/</c>.</summary>
    public static IEnumerable<ExportFile> Files(ExportedParts parts, KubernetesSettings settings) => CallsOf(parts).All.Select(call => ExportFile.Text(
        $"jobs/{call.Name}.yaml",
        Tree.File(call.Words, Objects.Job(call.Name, settings.Namespace, Pods.Client(settings.Image, call.Arguments, PartResources.Client), call.Name == LabCalls.Load ? LoadPods : 1))));
}
