using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients;

/// <summary>Looks up where mailboxes are.</summary>
internal static class MailboxHomes
{
    /// <summary>Where the mailbox of an address is, by the organizations of the scenario.</summary>
    public static MailboxHome Of(Scenario scenario, string email)
    {
        var domain = EmailAddress.DomainOf(email) ?? email;
        var organization = scenario.Organizations.FirstOrDefault(candidate => candidate.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));
        if (organization is null)
        {
            return MailboxHome.Unknown;
        }

        var settings = organization.MailboxSettings.FirstOrDefault(entry => entry.Key.Equals(email, StringComparison.OrdinalIgnoreCase)).Value;
        if (settings is null && organization.Mailboxes.Count > 0 && !organization.Mailboxes.Contains(email, StringComparer.OrdinalIgnoreCase))
        {
            return MailboxHome.Unknown;
        }

        return (settings?.Location ?? organization.Location) == MailboxLocation.Cloud ? MailboxHome.ExchangeOnline : MailboxHome.ExchangeOnPremises;
    }
}
