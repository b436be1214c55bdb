using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>A call with the host that it is about.</summary>
/// <param name="Call">The call.</param>
/// <param name="Host">The host; null where it cannot be told.</param>
/// <param name="Unused">Why it says nothing of what AutoDetect meets, or null.</param>
internal sealed record PlacedCall(EvidenceCall Call, string? Host, string? Unused = null)
{
    /// <summary>Whether the call shows a chain or why there is none.</summary>
    public bool IsConnection => Call.Sent.Count > 0 || Call.Failure is not null || Call.DemandsClientCertificate;

    /// <summary>Whether the call holds a verdict alone, without what it was about.</summary>
    public bool IsVerdictAlone => !IsConnection && Call.Answers.Count == 0 && Call.Verdict is not null;

    public PlacedCall With(EvidenceCall call) => this with { Call = call };

    /// <summary>The call and what was concluded about it.</summary>
    public PlacedCall Guess(string sentence) => With(Call with { Guesses = [.. Call.Guesses, sentence] });
}
