namespace AutoDetectSim.Clients;

/// <summary>Where the mailbox of an address really is, as far as the scenario says.</summary>
internal enum MailboxHome
{
    /// <summary>The scenario does not say.</summary>
    Unknown,

    /// <summary>On an organization's own Exchange servers.</summary>
    ExchangeOnPremises,

    /// <summary>In Exchange Online.</summary>
    ExchangeOnline,
}
