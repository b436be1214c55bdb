using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients.Provisioning;

/// <summary>
/// With what Exchange Online reaches an on-premises mailbox: a token for it where the organization is hybrid ([HMADOC]), and
/// else the password that the person typed.
/// </summary>
/// <param name="scenario">Tells the scenario, for its organizations and their passwords.</param>
/// <param name="issueToken">Issues a token for a mailbox and an audience; throws <see cref="ArgumentException"/> for a mailbox that nobody has.</param>
internal sealed class CloudCredentials(Func<Scenario> scenario, Func<string, string, string> issueToken)
{
    private const string AnyPassword = "a password";

    /// <summary>The Authorization header for an ActiveSync address; null when there is nothing to sign in with.</summary>
    public string? For(SmtpAddress email, Uri activeSync)
    {
        var organization = scenario().Organizations.FirstOrDefault(candidate => candidate.Domains.Contains(email.Domain, StringComparer.OrdinalIgnoreCase));
        if (organization is null)
        {
            return null;
        }

        var settings = organization.MailboxSettings.FirstOrDefault(entry => entry.Key.Equals(email.Text, StringComparison.OrdinalIgnoreCase)).Value;
        if ((settings?.Auth ?? organization.Auth) == AuthenticationMode.Basic)
        {
            var password = settings?.Password ?? organization.Password ?? AnyPassword;
            return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(email.Text + ":" + password));
        }

        try
        {
            return "Bearer " + issueToken(email.Text, $"https://{activeSync.Authority}/");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
