namespace AutoDetectSim.Scenarios;

/// <summary>Outlook on the desktop, as far as its versions differ.</summary>
public sealed record OutlookDesktopDefinition
{
    /// <summary>Whether it asks autodiscover. of the domains above the address's own when nobody answers there, down to autodiscover.com, as clients did until 2021.</summary>
    public bool ClimbsAboveDomain { get; init; }
}
