namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>What is said of changes before they are listed.</summary>
internal static class WhatIfText
{
    /// <summary>A sentence that leads to the list.</summary>
    /// <param name="changes">How many changes there are.</param>
    /// <param name="isComplete">Whether a search has found enough; null: the changes were given.</param>
    /// <param name="isSmallest">Whether it is certain that no fewer do.</param>
    public static string Lead(int changes, bool? isComplete, bool? isSmallest) => (changes, isComplete, isSmallest) switch
    {
        (1, null, _) => "this change is made:",
        (_, null, _) => "these changes are made:",
        (_, false, _) => "all that departs from a sound world is put right: detections fail all the same. No change of a setting helps that is known here.",
        (0, _, _) => "nothing is changed: every detection does what it should.",
        (1, _, _) => "this one change is made, after which every detection does what it should:",
        (_, _, true) => $"these {changes} changes are made, the fewest after which every detection does what it should:",
        _ => $"these {changes} changes are made, none of which can be left out, after which every detection does what it should:",
    };
}
