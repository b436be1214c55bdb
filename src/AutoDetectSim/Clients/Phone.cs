using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients;

/// <summary>Outlook for iOS and Android: what it shows for an answer of AutoDetect.</summary>
internal static class Phone
{
    /// <summary>What the person sees.</summary>
    /// <param name="answer">The answer; the app decides by it alone.</param>
    /// <param name="home">Where the mailbox is, to recognize another provider's page as the wrong one.</param>
    public static Outcome OutcomeOf(PhoneAnswer answer, MailboxHome home = MailboxHome.Unknown) => answer.Status switch
    {
        200 => OfResult(answer, home),
        202 => Outcome.StillSearching,
        429 or >= 500 => Outcome.TryAgain,
        _ => Outcome.SelectProvider,
    };

    private static Outcome OfResult(PhoneAnswer answer, MailboxHome home)
    {
        if (answer.Services is [var service, ..])
        {
            return OfService(service, home);
        }

        if (!answer.HasProtocols)
        {
            return Outcome.SelectProvider;
        }

        var isExchange = answer.Protocols.Any(protocol => protocol.Protocol is "eas" or "ews");
        if (home != MailboxHome.Unknown && !isExchange)
        {
            return Outcome.WrongProvider;
        }

        if (answer.Protocols.Any(protocol => protocol.Insecure))
        {
            return Outcome.InsecureConnection;
        }

        return isExchange ? Outcome.BasicAuthAdded : Outcome.ImapSetup;
    }

    private static Outcome OfService(PhoneAccount service, MailboxHome home)
    {
        if (service.Service is not ("office365" or "outlook"))
        {
            return home == MailboxHome.Unknown ? Outcome.ProviderSignIn : Outcome.WrongProvider;
        }

        // Microsoft's page for a mailbox in its cloud leads nowhere when the mailbox is on a server of the organization's own,
        // and the other way round.
        var leadsOnPremises = !string.IsNullOrEmpty(service.OnPrem);
        return home switch
        {
            MailboxHome.ExchangeOnPremises when !leadsOnPremises => Outcome.WrongProvider,
            MailboxHome.ExchangeOnline when leadsOnPremises || service.Service is "outlook" => Outcome.WrongProvider,
            _ => Outcome.ModernAuthSignIn,
        };
    }
}
