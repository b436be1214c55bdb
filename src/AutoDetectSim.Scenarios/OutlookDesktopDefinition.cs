namespace AutoDetectSim.Scenarios;

/// <summary>Version-dependent behaviour of Outlook on the desktop.</summary>
public sealed record OutlookDesktopDefinition
{
    /// <summary>Whether it also tries `autodiscover.` of the parent domains when the address's domain does not answer, up to autodiscover.com, as clients did until 2021.</summary>
    public bool ClimbsAboveDomain { get; init; }
}
