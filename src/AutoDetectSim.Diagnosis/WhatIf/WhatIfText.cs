namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>The sentence that introduces a list of changes.</summary>
internal static class WhatIfText
{
    /// <summary>A sentence that leads to the list.</summary>
    /// <param name="changes">How many changes there are.</param>
    /// <param name="isComplete">Whether every detection succeeds after the changes that a search has found; null: the changes were given.</param>
    /// <param name="isSmallest">Whether it is certain that no fewer do.</param>
    public static string Lead(int changes, bool? isComplete, bool? isSmallest) => (changes, isComplete, isSmallest) switch
    {
        (1, null, _) => "this change is applied:",
        (_, null, _) => "these changes are applied:",
        (1, false, _) => "this change is applied; not every detection succeeds yet:",
        (> 1, false, _) => $"these {changes} changes are applied; not every detection succeeds yet:",
        (_, false, _) => "every setting that differs from a healthy lab is reset: detections still fail. No known change helps.",
        (0, _, _) => "nothing is changed: every detection succeeds as expected.",
        (1, _, _) => "this one change is applied; every detection then succeeds:",
        (_, _, true) => $"these {changes} changes are applied, the fewest after which every detection succeeds:",
        _ => $"these {changes} changes are applied, all of which are needed; every detection then succeeds:",
    };
}
