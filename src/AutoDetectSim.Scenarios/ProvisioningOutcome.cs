using System.Text.Json.Serialization;

namespace AutoDetectSim.Scenarios;

/// <summary>The result of Exchange Online's attempt to provision the cached mailbox of an on-premises user, or where the attempt failed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProvisioningOutcome>))]
public enum ProvisioningOutcome
{
    /// <summary>The folders of the mailbox were read: mail is delivered.</summary>
    [JsonStringEnumMemberName("provisioned")]
    Provisioned,

    /// <summary>The mailbox is in Exchange Online and does not need a cache.</summary>
    [JsonStringEnumMemberName("notNeeded")]
    NotNeeded,

    /// <summary>Failed at AutoDiscover V2 of the organization.</summary>
    [JsonStringEnumMemberName("autoDiscover")]
    AutoDiscover,

    /// <summary>Failed at the connection to ActiveSync or at its OPTIONS request.</summary>
    [JsonStringEnumMemberName("activeSync")]
    ActiveSync,

    /// <summary>Failed because ActiveSync rejected the token or the password.</summary>
    [JsonStringEnumMemberName("signIn")]
    SignIn,

    /// <summary>Failed because ActiveSync does not allow the mailbox or the device.</summary>
    [JsonStringEnumMemberName("access")]
    Access,

    /// <summary>Failed at a command: policy, settings or folders.</summary>
    [JsonStringEnumMemberName("synchronization")]
    Synchronization,
}
