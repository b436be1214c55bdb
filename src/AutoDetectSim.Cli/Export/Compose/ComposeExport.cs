using AutoDetectSim.Cli.Export.Balancers;

namespace AutoDetectSim.Cli.Export.Compose;

/// <summary>A scenario as a folder for Docker Compose and podman.</summary>
internal static class ComposeExport
{
    /// <summary>The folder of the PKI. Containers read its files as another user, so they are readable; the folder above them is the owner's alone.</summary>
    public const string PkiFolder = ExportFolder.GuardedFolder + "/pki";

    /// <summary>The files.</summary>
    /// <param name="parts">The parts of the lab.</param>
    /// <param name="image">The image of AutoDetectSim, with its tag.</param>
    /// <param name="lab">Files of the lab besides that of its parts.</param>
    /// <param name="pki">The PKI.</param>
    public static IReadOnlyList<ExportFile> Files(ExportedParts parts, string image, IReadOnlyList<ExportFile> lab, IReadOnlyList<ExportFile> pki) =>
    [
        ExportFile.Text("README.md", ComposeReadMe.Write(parts, image)),
        .. new ComposeFile(parts, image).Files(),
        new PodFile(parts, image).File(lab, pki),
        .. lab.Select(file => file with { Path = "lab/" + file.Path }),
        ExportFile.Text("lab/parts.yaml", parts.File(ComposeFile.AddressOf, part => part.Port, _ => true)),
        ExportFile.Text($"lab/{ComposeFile.OtherParts}", parts.File(ComposeFile.AddressOf, part => part.Port, balancer => !RealBalancers.CanReplace(balancer.Balancer!))),
        .. pki.Select(file => file with { Path = $"{PkiFolder}/{file.Path}", IsSecret = false }),
    ];
}
