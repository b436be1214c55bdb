using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDetectSim.CertsGen;

/// <summary>The contents of a folder, for programs.</summary>
internal sealed record Manifest
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? Title { get; init; }

    public DateTimeOffset? Created { get; init; }

    public IReadOnlyList<ManifestServer> Servers { get; init; } = [];

    /// <summary>Every generated file, relative to the folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>One server.</summary>
internal sealed record ManifestServer
{
    public required string Name { get; init; }

    public required string Folder { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The shape's name, or null for a list without a named shape.</summary>
    public string? Shape { get; init; }

    /// <summary>The verdict of a strict client that trusts the roots, for the first host: <c>OK</c> or Node's error code.</summary>
    public required string StrictVerdict { get; init; }

    /// <summary>The names of the presented certificates in wire order.</summary>
    public required IReadOnlyList<string> Presents { get; init; }
}
