namespace AutoDetectSim.WhatIf;

/// <summary>What is said of changes before they are listed.</summary>
internal static class WhatIfWords
{
    /// <summary>A sentence that leads to the list.</summary>
    public static string Lead(WhatIfResult whatIf) => whatIf switch
    {
        { IsComplete: null } => "these changes are made:",
        { IsComplete: false } => "all that departs from a sound world is put right: detections fail all the same. No change of a setting helps that is known here.",
        { Changes.Count: 0 } => "nothing is changed: every detection does what it should.",
        { IsSmallest: true } => whatIf.Changes.Count == 1 ? "this one change is made, after which every detection does what it should:" : $"these {whatIf.Changes.Count} changes are made, the fewest after which every detection does what it should:",
        _ => $"these {whatIf.Changes.Count} changes are made, none of which can be left out, after which every detection does what it should:",
    };
}
