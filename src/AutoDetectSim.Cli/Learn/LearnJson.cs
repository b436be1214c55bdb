using System.Text.Json.Serialization;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Reporting;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary>A repair that a terminal asks for.</summary>
internal sealed record RepairRequest([property: JsonRequired] string Change);

/// <summary>An answer that a terminal gives.</summary>
internal sealed record AnswerRequest([property: JsonRequired] string Question, [property: JsonRequired] string Value);

/// <summary>A terminal's request for the explanation.</summary>
internal sealed record ExplanationRequest(bool GiveUp, bool WithoutDiagnosis);

/// <summary>A terminal's request for the logs of a server.</summary>
internal sealed record LogRequest([property: JsonRequired] string Server);

/// <summary>A request without parameters.</summary>
internal sealed record PlainRequest;

/// <summary>What was done, in a sentence.</summary>
internal sealed record DoneAnswer(string Done);

/// <summary>Source-generated JSON of `learn`: between terminals, and for `--json`. Members are added, never renamed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RepairRequest))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(ExplanationRequest))]
[JsonSerializable(typeof(PlainRequest))]
[JsonSerializable(typeof(LogRequest))]
[JsonSerializable(typeof(ServerLogResult))]
[JsonSerializable(typeof(LessonTestReport))]
[JsonSerializable(typeof(PageList))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(TraineeDiagnosis))]
[JsonSerializable(typeof(RepairResult))]
[JsonSerializable(typeof(VerificationResult))]
[JsonSerializable(typeof(DiagnosisResult))]
[JsonSerializable(typeof(PhoneResult))]
[JsonSerializable(typeof(HintResult))]
[JsonSerializable(typeof(AnswerResult))]
[JsonSerializable(typeof(ExplanationResult))]
[JsonSerializable(typeof(SessionStatus))]
[JsonSerializable(typeof(SessionFile))]
[JsonSerializable(typeof(LessonList))]
[JsonSerializable(typeof(ClassReport))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LearnJson : JsonSerializerContext;
