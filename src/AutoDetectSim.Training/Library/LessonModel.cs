using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Diagnosis.Json;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Training.Library;

/// <summary>The files of a lesson as kinds of document.</summary>
internal static class LessonModel
{
    private static readonly TextForms Forms = ScenarioForms.All.With([JsonPathForm.Entry]);

    /// <summary>The keys and forms of <c>lesson.yaml</c>.</summary>
    public static DocumentModel Lesson { get; } = new(typeof(LessonDefinition), "AutoDetectSim lesson", Forms);

    /// <summary>The keys and forms of <c>solution.yaml</c>.</summary>
    public static DocumentModel Solution { get; } = new(typeof(SolutionDefinition), "AutoDetectSim solution of a lesson", Forms);
}
