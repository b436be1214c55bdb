namespace AutoDetectSim.Network;

/// <summary>Which client opens connections: a real program, or one of those that the lab simulates.</summary>
internal enum CallerKind
{
    /// <summary>A real program, or one whose downloads the lab imitates.</summary>
    Program,

    /// <summary>AutoDetect.</summary>
    AutoDetect,

    /// <summary>Exchange Online, which fetches the mail of a mailbox on premises.</summary>
    ExchangeOnline,

    /// <summary>Outlook on the desktop.</summary>
    OutlookDesktop,

    /// <summary>A device that a user has forgotten, with an old password.</summary>
    ForgottenDevice,

    /// <summary>An Exchange server of the customer, which fetches the signing keys of Entra.</summary>
    ExchangeServer,
}
