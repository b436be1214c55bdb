using System.Text.Json.Serialization;
using AutoDetectSim.Control;

namespace AutoDetectSim.Web.Hosting;

/// <summary>What a console shows, and where it listens.</summary>
internal sealed record ConsoleSettings
{
    /// <summary>The loopback port; 0 for any free one.</summary>
    public required int Port { get; init; }

    /// <summary>The control server of the lab.</summary>
    public required ControlAccess Control { get; init; }

    /// <summary>What commands that do the same need to know.</summary>
    public required ConsoleInfo Info { get; init; }

    /// <summary>The lessons of the trainee; null for none.</summary>
    public ILessons? Lessons { get; init; }
}

/// <summary>What the pages need in order to name the commands that do the same.</summary>
internal sealed record ConsoleInfo
{
    /// <summary>The ready file of the lab; null if none was written.</summary>
    public string? ReadyFile { get; init; }

    /// <summary>The scenario as it was named on the command line; null for a lab in another process.</summary>
    public string? Scenario { get; init; }

    /// <summary>Whether no scenario was named on the command line: the console then begins with the page Start.</summary>
    public bool IsGuided { get; init; }

    /// <summary>The file with the roots that clients trust.</summary>
    public required string RootCertificate { get; init; }

    /// <summary>The folder of the trainee's progress, if it is not the usual one.</summary>
    public string? Data { get; init; }
}

/// <summary>Source-generated JSON of the console itself.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConsoleInfo))]
[JsonSerializable(typeof(LessonRequest))]
[JsonSerializable(typeof(LessonCheck))]
[JsonSerializable(typeof(LessonState))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
