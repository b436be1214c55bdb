using AutoDetectSim.Diagnosis.WhatIf;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>What changes would do, in the form that pages and Markdown show.</summary>
/// <param name="Lead">A sentence that leads to the changes.</param>
/// <param name="Changes">The changes, each in a line.</param>
/// <param name="Note">What the reader should know of them, or empty.</param>
/// <param name="Rates">Success rates, before (null where there was none) and after.</param>
internal sealed record WhatIfRow(string Lead, IReadOnlyList<string> Changes, string Note, IReadOnlyList<(string Name, double? Before, double After)> Rates)
{
    /// <summary>That of a check, or null where nobody asked.</summary>
    public static WhatIfRow? Of(CheckDocument document) => document.WhatIf is { } whatIf
        ? new WhatIfRow(
            Sentence(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest),
            whatIf.Changes,
            whatIf is { IsReproduction: true, Changes.Count: > 0 } ? "The changes were made to a reproduction of what was seen, in a lab; the host itself has not been touched." : "",
            [.. whatIf.Hosts.Select(host => (host.FaultyNodes.Count == 0 ? host.Host : $"{host.Host} (still faulty: {NameRow.Of(host.FaultyNodes)})", host.SuccessRateBefore, host.SuccessRate))])
        : null;

    /// <summary>That of detections, or null where nobody asked.</summary>
    public static WhatIfRow? Of(DetectDocument document) => document.Detections.WhatIf is { } whatIf
        ? new WhatIfRow(
            Sentence(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest),
            whatIf.Changes,
            "",
            whatIf.After is { } after ? [("Detections", document.Detections.SuccessRate, after.SuccessRate)] : [])
        : null;

    private static string Sentence(int changes, bool? isComplete, bool? isSmallest) => "What if " + WhatIfText.Lead(changes, isComplete, isSmallest);
}
