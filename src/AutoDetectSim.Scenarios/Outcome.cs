using System.Text.Json.Serialization;

namespace AutoDetectSim.Scenarios;

/// <summary>What the user sees on the phone when adding an account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>"Select your email provider": nothing was detected ([SEED], [HMADOC]).</summary>
    [JsonStringEnumMemberName("selectProvider")]
    SelectProvider,

    /// <summary>Microsoft's sign-in page: Microsoft 365, Outlook.com, or Exchange with hybrid modern authentication ([HMADOC]).</summary>
    [JsonStringEnumMemberName("modernAuthSignIn")]
    ModernAuthSignIn,

    /// <summary>The password page of ActiveSync, and an account with Basic authentication ([HMADOC]).</summary>
    [JsonStringEnumMemberName("basicAuthAdded")]
    BasicAuthAdded,

    /// <summary>"Insecure connection. Would you like to log in anyway?" ([INSECDOC]).</summary>
    [JsonStringEnumMemberName("insecureConnection")]
    InsecureConnection,

    /// <summary>The sign-in page or the servers of the wrong provider ([DOC2693], [CAP2025]).</summary>
    [JsonStringEnumMemberName("wrongProvider")]
    WrongProvider,

    /// <summary>The sign-in page of Google, Yahoo or iCloud ([SETUPDOC]).</summary>
    [JsonStringEnumMemberName("providerSignIn")]
    ProviderSignIn,

    /// <summary>The password page of an IMAP or POP3 account ([RUSTEAS], [CAP2025]).</summary>
    [JsonStringEnumMemberName("imapSetup")]
    ImapSetup,

    /// <summary>The sign-in page of a sovereign cloud: the app does not call AutoDetect at all ([S-PROBE]).</summary>
    [JsonStringEnumMemberName("sovereignSignIn")]
    SovereignSignIn,

    /// <summary>The app is still searching, and calls again ([S-PROBE]).</summary>
    [JsonStringEnumMemberName("stillSearching")]
    StillSearching,

    /// <summary>The app cannot reach AutoDetect and asks the user to try again ([S-PROBE]).</summary>
    [JsonStringEnumMemberName("tryAgain")]
    TryAgain,
}
