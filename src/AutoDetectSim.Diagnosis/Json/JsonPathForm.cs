using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Diagnosis.Json;

/// <summary>JSONPath as a form of texts in documents.</summary>
internal static class JsonPathForm
{
    /// <summary>The syntax that properties name.</summary>
    public const string Syntax = "json-path";

    /// <summary>The form, by its syntax.</summary>
    public static KeyValuePair<string, TextForm> Entry { get; } =
        KeyValuePair.Create(Syntax, new TextForm { Words = "a JSONPath such as $.chain.status", IsValid = JsonAnswer.IsValidPath });
}
