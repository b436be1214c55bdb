using System.Text.Json.Serialization;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Web.Desks;

/// <summary>The lessons of one trainee, as <c>learn</c> runs them: one progress, and at most one lesson that runs, here or in another terminal.</summary>
internal interface ILessons
{
    /// <summary>The control server of the lesson that runs; null without one.</summary>
    ControlAccess? Running { get; }

    /// <summary>All lessons with the trainee's progress, as <c>learn list --json</c> prints them.</summary>
    string List();

    /// <summary>The words for faults and what they mean, as <c>learn faults --json</c> prints them.</summary>
    string Faults();

    /// <summary>Starts or resumes a lesson or mystery in this process.</summary>
    /// <exception cref="ControlException">It cannot be started.</exception>
    Task StartAsync(string lesson, CancellationToken cancellationToken);

    /// <summary>Sets a lesson back to its beginning.</summary>
    /// <exception cref="ControlException">It runs, or was never begun.</exception>
    Task ResetAsync(string lesson, CancellationToken cancellationToken);

    /// <summary>Checks a host of the lesson that runs, as <c>check</c> does through its gateway; the connections count.</summary>
    /// <exception cref="ControlException">No lesson runs, or it is done without this command.</exception>
    Task<CheckDocument> CheckAsync(LessonCheck wanted, CancellationToken cancellationToken);
}

/// <summary>A lesson to start or to reset.</summary>
internal sealed record LessonRequest([property: JsonRequired] string Lesson);

/// <summary>A host of a lesson to check.</summary>
/// <param name="Host">The host.</param>
/// <param name="Attempts">Connections to it; null for as many as it takes.</param>
internal sealed record LessonCheck([property: JsonRequired] string Host, int? Attempts);

/// <summary>Whether a lesson runs.</summary>
internal sealed record LessonStanding(bool IsRunning);
