using System.Text.Json.Serialization;

namespace AutoDetectSim.Clients.Desktop;

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
}
