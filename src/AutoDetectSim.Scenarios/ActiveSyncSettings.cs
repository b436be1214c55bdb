namespace AutoDetectSim.Scenarios;

/// <summary>What ActiveSync says to a mailbox that has logged on.</summary>
public enum ActiveSyncAccess
{
    /// <summary>It works.</summary>
    Allowed,

    /// <summary>403: ActiveSync is disabled for the mailbox.</summary>
    Disabled,

    /// <summary>449 before protocol 14.0, status 142 since: the device has to take a policy first.</summary>
    ProvisioningRequired,

    /// <summary>451 with X-MS-Location: the mailbox is served elsewhere.</summary>
    Moved,

    /// <summary>456: the account is blocked.</summary>
    Blocked,

    /// <summary>457: the password has expired.</summary>
    PasswordExpired,

    /// <summary>503 with Retry-After: the server is busy.</summary>
    Busy,
}

/// <summary>What a rule makes of a device.</summary>
public enum DeviceAccess
{
    /// <summary>It may synchronize.</summary>
    Allow,

    /// <summary>403.</summary>
    Block,

    /// <summary>Status 130: nobody has decided yet.</summary>
    Quarantine,
}

/// <summary>What a device rule looks at.</summary>
public enum DeviceCharacteristic
{
    /// <summary>The DeviceType parameter of the request.</summary>
    DeviceType,

    /// <summary>The Model that the device sent in Settings, or its DeviceType until then.</summary>
    DeviceModel,

    /// <summary>The User-Agent header.</summary>
    UserAgent,
}

/// <summary>An ActiveSync device access rule of an organization.</summary>
public sealed record DeviceRuleDefinition
{
    /// <summary>What the rule looks at.</summary>
    public DeviceCharacteristic Characteristic { get; init; } = DeviceCharacteristic.DeviceType;

    /// <summary>The value that it looks for, without regard to case; <c>*</c>: any.</summary>
    public required string Value { get; init; }

    /// <summary>What becomes of such devices.</summary>
    public DeviceAccess Access { get; init; } = DeviceAccess.Block;
}
