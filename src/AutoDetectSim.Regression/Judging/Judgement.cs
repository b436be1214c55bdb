namespace AutoDetectSim.Regression.Judging;

/// <summary>Whether a tool judged a world right.</summary>
internal enum Judgement
{
    /// <summary>It did: it saw that something is wrong, or that nothing is, and named no wrong cause.</summary>
    Right,

    /// <summary>The world is faulty, and the tool reported it healthy.</summary>
    MissedFault,

    /// <summary>The world is healthy, and the tool reported it faulty.</summary>
    FalseAlarm,

    /// <summary>It saw that something is wrong, and named causes that are not it.</summary>
    WrongCause,

    /// <summary>The adapter could not read a verdict.</summary>
    NoVerdict,

    /// <summary>The lab could not start; the tool did not run.</summary>
    NotAsked,
}
