namespace AutoDetectSim.Scenarios;

/// <summary>What differs for one mailbox.</summary>
public sealed record MailboxSettings
{
    /// <summary>Where the mailbox is; null: where the organization's mailboxes are.</summary>
    public MailboxLocation? Location { get; init; }
}

/// <summary>Where a mailbox is.</summary>
public enum MailboxLocation
{
    /// <summary>On the servers of the organization.</summary>
    OnPremises,

    /// <summary>In Exchange Online.</summary>
    Cloud,
}
