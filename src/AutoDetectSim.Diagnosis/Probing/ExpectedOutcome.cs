using AutoDetectSim.Clients;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>What the phone should show for an address, as far as the scenario tells.</summary>
internal static class ExpectedOutcome
{
    /// <summary>The outcome, or null where the scenario does not tell.</summary>
    public static Outcome? Of(Scenario scenario, string email, MailboxHome home)
    {
        if (home == MailboxHome.ExchangeOnline)
        {
            return Outcome.ModernAuthSignIn;
        }

        var domain = EmailAddress.DomainOf(email) ?? email;
        var organization = scenario.Organizations.FirstOrDefault(candidate => candidate.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));
        return home == MailboxHome.ExchangeOnPremises && organization?.Auth is AuthenticationMode.HybridModern ? Outcome.ModernAuthSignIn : null;
    }
}
