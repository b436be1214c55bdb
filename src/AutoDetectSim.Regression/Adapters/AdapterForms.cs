using AutoDetectSim.Diagnosis.Json;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Regression.Adapters;

/// <summary>The forms of texts in adapters and packs.</summary>
internal static class AdapterForms
{
    /// <summary>The syntax of regular expressions of .NET.</summary>
    public const string RegularExpression = "regular-expression";

    /// <summary>Those of scenarios, regular expressions and JSONPath.</summary>
    public static TextForms All { get; } = ScenarioForms.All.With(
    [
        KeyValuePair.Create(RegularExpression, new TextForm { Words = "a regular expression", IsValid = AnswerPattern.IsValid }),
        JsonPathForm.Entry,
    ]);
}
