using System.Net;
using System.Text.Json.Serialization;
using AutoDetectSim.Web.Classroom;
using AutoDetectSim.Web.Desks;

namespace AutoDetectSim.Web.Hosting;

/// <summary>What a console shows, where it listens, and whom it lets in.</summary>
internal sealed record ConsoleSettings
{
    /// <summary>Where it listens; port 0 for any free one.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>What the first link opens.</summary>
    public required Desk Desk { get; init; }

    /// <summary>The class of a trainer, with a link for each of its seats; null for none.</summary>
    public IClassroom? Class { get; init; }

    /// <summary>The password that is asked for beside the link; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>The token of the first link; null for a random one.</summary>
    public string? Token { get; init; }

    /// <summary>Other names by which browsers reach the console, with a port; the link has the first.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The networks of clients that are let in, beside this computer; null for all.</summary>
    public IReadOnlyList<IPNetwork>? Clients { get; init; }
}

/// <summary>Source-generated JSON of the console itself.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConsoleInfo))]
[JsonSerializable(typeof(LessonRequest))]
[JsonSerializable(typeof(LessonCheck))]
[JsonSerializable(typeof(LessonStanding))]
[JsonSerializable(typeof(ClassDocument))]
[JsonSerializable(typeof(SeatName))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
