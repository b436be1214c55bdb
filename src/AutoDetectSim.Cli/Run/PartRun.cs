using System.Globalization;
using System.Text.Json.Serialization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Roles;

namespace AutoDetectSim.Cli.Run;

/// <summary>Where one part of a lab listens. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record PartReadyFile
{
    public required string Scenario { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<PartListener> Parts { get; init; }

    /// <summary>Where /healthz and /readyz are; absent without --health-port.</summary>
    public string? Health { get; init; }

    /// <summary>Path of a PEM file with every trust anchor of the lab.</summary>
    public required string RootCertificate { get; init; }

    public required string DetectUrl { get; init; }

    /// <summary>Where Prometheus reads metrics; absent without <c>--metrics-port</c>.</summary>
    public string? MetricsUrl { get; init; }

    /// <summary>The process, by which a later one recognizes a file that was left behind.</summary>
    public string? Owner { get; init; }

    /// <summary>Describes a running part.</summary>
    public static PartReadyFile Of(Lab lab, LabParts parts, RootCertificateFile root, string? health) => new()
    {
        Scenario = lab.Scenario.Name,
        Seed = lab.Scenario.Seed,
        Parts = [.. parts.Roles.Select(role => new PartListener(role.ToString(), parts.EndPointOf(role).ToString()))],
        Health = health,
        RootCertificate = root.Path,
        DetectUrl = lab.DetectUrl.ToString(),
        Owner = ProcessMark.Mine,
    };

    /// <summary>Writes the file in one step: readers never see part of it.</summary>
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public void Write(OutputFile file) => file.Write(ContentSeal.Json.Seal(ReadableJson.Text(this, PartReadyFileJson.Default.PartReadyFile)));

    /// <summary>Says to the person at the terminal what this process is.</summary>
    public void Say()
    {
        var console = HumanConsole.Create();
        console.Prose(string.Create(CultureInfo.InvariantCulture, $"Part of the lab {Scenario} (seed {Seed}): {string.Join(", ", Parts.Select(part => $"{part.Role} at {part.Listens}"))}."));
        if (Health is not null)
        {
            console.Prose($"Health: {Health}/healthz and {Health}/readyz. Stop with Ctrl-C.");
        }
    }
}

/// <summary>One role of a process.</summary>
/// <param name="Role">The role.</param>
/// <param name="Listens">Where it listens.</param>
internal sealed record PartListener(string Role, string Listens);

/// <summary>Source-generated JSON of the ready file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartReadyFile))]
internal sealed partial class PartReadyFileJson : JsonSerializerContext;
