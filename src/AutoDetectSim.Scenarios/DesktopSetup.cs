using System.Text.Json.Serialization;

namespace AutoDetectSim.Scenarios;

/// <summary>How Outlook on the desktop came to the settings of an account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DesktopSetup>))]
public enum DesktopSetup
{
    /// <summary>Its own AutoDiscover found Exchange.</summary>
    [JsonStringEnumMemberName("autoDiscover")]
    AutoDiscover,

    /// <summary>AutoDetect named a service or servers.</summary>
    [JsonStringEnumMemberName("autoDetect")]
    AutoDetect,

    /// <summary>AutoDetect had nothing, and a guess found servers.</summary>
    [JsonStringEnumMemberName("guessSmart")]
    GuessSmart,

    /// <summary>Neither: the person is asked for the settings.</summary>
    [JsonStringEnumMemberName("askUser")]
    AskUser,

    /// <summary>AutoDiscover or the mailbox refuses the password or the token, and Outlook asks for it again and again ([NGINXHMA], [EPLB]).</summary>
    [JsonStringEnumMemberName("repeatedPrompt")]
    RepeatedPrompt,

    /// <summary>The window for the sign-in stays blank: no token is issued for the server ([SPNDOC]).</summary>
    [JsonStringEnumMemberName("blankSignIn")]
    BlankSignIn,

    /// <summary>Outlook climbed above the domain, and gave the password to a stranger's server ([GUARDI]).</summary>
    [JsonStringEnumMemberName("credentialsLeaked")]
    CredentialsLeaked,
}
