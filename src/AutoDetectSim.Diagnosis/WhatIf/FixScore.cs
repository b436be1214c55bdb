namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>How well a world does for one address.</summary>
/// <param name="Attempts">How many detections were made.</param>
/// <param name="Successes">Those with services or protocols.</param>
/// <param name="RightOutcomes">Those after which the phone shows the right thing: not another provider's page, and no warning.</param>
/// <param name="Provisionings">How often Exchange Online tried to provision the mailbox; 0 if it did not need to.</param>
/// <param name="Provisioned">How often it could.</param>
internal sealed record FixScore(int Attempts, int Successes, int RightOutcomes, int Provisionings, int Provisioned)
{
    /// <summary>Whether every detection did what it should.</summary>
    public bool IsDetected => Successes == Attempts && RightOutcomes == Attempts;

    /// <summary>Whether nothing is left to wish for.</summary>
    public bool IsPerfect => IsDetected && Provisioned == Provisionings;

    /// <summary>Adds the results of more attempts.</summary>
    public FixScore Plus(FixScore more) => new(
        Attempts + more.Attempts, Successes + more.Successes, RightOutcomes + more.RightOutcomes, Provisionings + more.Provisionings, Provisioned + more.Provisioned);
}
