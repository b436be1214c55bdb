using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDetectSim.Training.Lessons;

/// <summary>Writes values of an enumeration as scenario files do.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
