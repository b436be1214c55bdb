namespace AutoDetectSim.Cli.Export.Kubernetes;

/// <summary>How a scenario is exported to Kubernetes.</summary>
/// <param name="Image">The image of AutoDetectSim, with its tag.</param>
/// <param name="Namespace">The namespace.</param>
internal sealed record KubernetesSettings(string Image, string Namespace);
