using System.Globalization;
using AutoDetectSim.Cli.Export.Balancers;

namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>A scenario as a folder for <c>kubectl apply -k</c>.</summary>
internal static class KubernetesExport
{
    /// <summary>The files.</summary>
    /// <param name="parts">The parts of the lab.</param>
    /// <param name="settings">How it is exported.</param>
    /// <param name="lab">Files of the lab besides that of its parts.</param>
    /// <param name="pki">The PKI.</param>
    public static IReadOnlyList<ExportFile> Files(ExportedParts parts, KubernetesSettings settings, IReadOnlyList<ExportFile> lab, IReadOnlyList<ExportFile> pki)
    {
        var common = new KubernetesBase(parts, settings);
        var partsFile = PartsFile(parts, balancer => !RealBalancers.CanReplace(balancer.Balancer!));
        return
        [
            ExportFile.Text("README.md", KubernetesReadMe.Write(parts, settings)),
            .. common.Files([.. lab, partsFile], pki),
            .. new KubernetesOverlays(parts, common).Files(PartsFile(parts, _ => true)),
            .. KubernetesJobs.Files(parts, settings),
        ];
    }

    private static ExportFile PartsFile(ExportedParts parts, Func<ExportedPart, bool> isOurs) => ExportFile.Text(
        "parts.yaml", parts.File(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name}:{part.ServicePort}"), part => part.Port, isOurs));
}
