using System.Text.Json.Serialization;

namespace AutoDetectSim.Scenarios;

/// <summary>How Outlook on the desktop obtained the settings of an account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DesktopSetup>))]
public enum DesktopSetup
{
    /// <summary>Its own AutoDiscover found Exchange.</summary>
    [JsonStringEnumMemberName("autoDiscover")]
    AutoDiscover,

    /// <summary>AutoDetect returned a service or servers.</summary>
    [JsonStringEnumMemberName("autoDetect")]
    AutoDetect,

    /// <summary>AutoDetect returned nothing, and guessing found servers.</summary>
    [JsonStringEnumMemberName("guessSmart")]
    GuessSmart,

    /// <summary>Neither: the user must enter the settings.</summary>
    [JsonStringEnumMemberName("askUser")]
    AskUser,

    /// <summary>AutoDiscover or the mailbox rejects the password or token, and Outlook prompts again and again ([NGINXHMA], [EPLB]).</summary>
    [JsonStringEnumMemberName("repeatedPrompt")]
    RepeatedPrompt,

    /// <summary>The sign-in window stays blank: no token is issued for the server ([SPNDOC]).</summary>
    [JsonStringEnumMemberName("blankSignIn")]
    BlankSignIn,

    /// <summary>Outlook queried domains above the user's, and sent the password to a third party's server ([GUARDI]).</summary>
    [JsonStringEnumMemberName("credentialsLeaked")]
    CredentialsLeaked,
}
