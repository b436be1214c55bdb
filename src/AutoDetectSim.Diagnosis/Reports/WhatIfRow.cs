using AutoDetectSim.Diagnosis.WhatIf;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>What changes would do, in the form that pages and Markdown show.</summary>
/// <param name="Lead">A sentence that leads to the changes.</param>
/// <param name="Changes">The changes, each in a line.</param>
/// <param name="Note">What the reader should know of them, or empty.</param>
/// <param name="Rates">Success rates, before (null where there was none) and after.</param>
internal sealed record WhatIfRow(string Lead, IReadOnlyList<string> Changes, string Note, IReadOnlyList<(string Name, double? Before, double After)> Rates)
{
    /// <summary>The row of a check, or null without a check.</summary>
    public static WhatIfRow? Of(CheckDocument document) => document.WhatIf is { } whatIf
        ? new WhatIfRow(
            Sentence(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest),
            whatIf.Changes,
            whatIf is { IsReproduction: true, Changes.Count: > 0 } ? "The changes were applied to a lab that reproduces what was observed; the host itself was not changed." : "",
            [.. whatIf.Hosts.Select(host => (host.FaultyNodes.Count == 0 ? host.Host : $"{host.Host} (still faulty: {NameRow.Of(host.FaultyNodes)})", host.SuccessRateBefore, host.SuccessRate))])
        : null;

    /// <summary>The row of detections, or null without detections.</summary>
    public static WhatIfRow? Of(DetectDocument document) => document.Detections.WhatIf is { } whatIf
        ? new WhatIfRow(
            Sentence(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest),
            whatIf.Changes,
            "",
            whatIf.After is { } after ? [("Detections", document.Detections.SuccessRate, after.SuccessRate)] : [])
        : null;

    private static string Sentence(int changes, bool? isComplete, bool? isSmallest) => WhatIfText.Lead(changes, isComplete, isSmallest);
}
