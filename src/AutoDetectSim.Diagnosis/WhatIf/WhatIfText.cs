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
        (1, null, _) => "After this change:",
        (_, null, _) => "After these changes:",
        (1, false, _) => "After this change, not every detection succeeds yet:",
        (> 1, false, _) => $"After these {changes} changes, not every detection succeeds yet:",
        (_, false, _) => "After every setting that differs from a healthy lab is reset, detections still fail. No known change helps.",
        (0, _, _) => "Nothing needs to be changed: every detection succeeds as expected.",
        (1, _, _) => "After this one change, every detection succeeds:",
        (_, _, true) => $"After these {changes} changes, the fewest possible, every detection succeeds:",
        _ => $"After these {changes} changes, all of which are needed, every detection succeeds:",
    };
}
