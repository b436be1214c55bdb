namespace AutoDetectSim.Scenarios;

/// <summary>How ActiveSync responds to an authenticated mailbox.</summary>
public enum ActiveSyncAccess
{
    /// <summary>It works.</summary>
    Allowed,

    /// <summary>403: ActiveSync is disabled for the mailbox.</summary>
    Disabled,

    /// <summary>449 before protocol 14.0, status 142 since: the device must accept a policy first.</summary>
    ProvisioningRequired,

    /// <summary>451 with X-MS-Location: the mailbox is on another server.</summary>
    Moved,

    /// <summary>456: the account is blocked.</summary>
    Blocked,

    /// <summary>457: the password has expired.</summary>
    PasswordExpired,

    /// <summary>503 with Retry-After: the server is busy.</summary>
    Busy,
}

/// <summary>What a device access rule decides.</summary>
public enum DeviceAccess
{
    /// <summary>It may synchronize.</summary>
    Allow,

    /// <summary>403.</summary>
    Block,

    /// <summary>Status 130: the device waits for an administrator's decision.</summary>
    Quarantine,
}

/// <summary>The property that a device access rule compares.</summary>
public enum DeviceCharacteristic
{
    /// <summary>The DeviceType parameter of the request.</summary>
    DeviceType,

    /// <summary>The Model that the device sent in Settings; before that, its DeviceType.</summary>
    DeviceModel,

    /// <summary>The User-Agent header.</summary>
    UserAgent,
}

/// <summary>An ActiveSync device access rule of an organization.</summary>
public sealed record DeviceRuleDefinition
{
    /// <summary>The property that the rule compares.</summary>
    public DeviceCharacteristic Characteristic { get; init; } = DeviceCharacteristic.DeviceType;

    /// <summary>The value to match, ignoring case; <c>*</c>: any.</summary>
    public required string Value { get; init; }

    /// <summary>What happens to such devices.</summary>
    public DeviceAccess Access { get; init; } = DeviceAccess.Block;
}
