namespace AutoDetectSim.Regression.Judging;

/// <summary>Whether a tool judged a world right.</summary>
internal enum Judgement
{
    /// <summary>It did: it saw that something is wrong, or that nothing is, and named no wrong cause.</summary>
    Right,

    /// <summary>Something is wrong, and it said that nothing is.</summary>
    MissedFault,

    /// <summary>Nothing is wrong, and it said that something is.</summary>
    FalseAlarm,

    /// <summary>It saw that something is wrong, and named causes that are not it.</summary>
    WrongCause,

    /// <summary>It said nothing that the adapter can read.</summary>
    NoVerdict,

    /// <summary>The lab could not start, so that the tool was not asked.</summary>
    NotAsked,
}
