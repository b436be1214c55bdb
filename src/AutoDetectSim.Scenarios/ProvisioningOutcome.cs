using System.Text.Json.Serialization;

namespace AutoDetectSim.Scenarios;

/// <summary>What came of Exchange Online's attempt to make the cached mailbox of an on-premises user, or where it stopped.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProvisioningOutcome>))]
public enum ProvisioningOutcome
{
    /// <summary>The folders of the mailbox were read: mail arrives.</summary>
    [JsonStringEnumMemberName("provisioned")]
    Provisioned,

    /// <summary>The mailbox is in Exchange Online and needs no cache.</summary>
    [JsonStringEnumMemberName("notNeeded")]
    NotNeeded,

    /// <summary>Stopped at AutoDiscover V2 of the organization.</summary>
    [JsonStringEnumMemberName("autoDiscover")]
    AutoDiscover,

    /// <summary>Stopped at the connection to ActiveSync, or at its OPTIONS.</summary>
    [JsonStringEnumMemberName("activeSync")]
    ActiveSync,

    /// <summary>Stopped because ActiveSync did not accept the token or the password.</summary>
    [JsonStringEnumMemberName("signIn")]
    SignIn,

    /// <summary>Stopped because ActiveSync does not let the mailbox or the device in.</summary>
    [JsonStringEnumMemberName("access")]
    Access,

    /// <summary>Stopped while commands were sent: policy, settings, folders.</summary>
    [JsonStringEnumMemberName("synchronization")]
    Synchronization,
}
