using System.Text.Json.Serialization;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Source-generated JSON of reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CheckDocument))]
[JsonSerializable(typeof(DetectDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
