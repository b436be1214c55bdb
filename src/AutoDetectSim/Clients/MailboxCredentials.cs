using System.Text;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients;

/// <summary>With what the owner of a mailbox, or the cloud for the owner, reaches it: a password, or a token where the organization is hybrid ([HMADOC]).</summary>
/// <param name="scenario">Tells the scenario, for its organizations and their passwords.</param>
/// <param name="issueToken">Issues a token for a mailbox and an audience; throws <see cref="ArgumentException"/> for an unknown mailbox.</param>
internal sealed class MailboxCredentials(Func<Scenario> scenario, Func<string, string, string> issueToken)
{
    private const string AnyPassword = "a password";

    /// <summary>The password that the owner types.</summary>
    public string Password(EmailAddress email)
    {
        var organization = OrganizationOf(email);
        return SettingsOf(organization, email)?.Password ?? organization?.Password ?? AnyPassword;
    }

    /// <summary>A token for a server; null when none is issued for its address.</summary>
    public string? Token(EmailAddress email, Uri server)
    {
        try
        {
            return issueToken(email.Text, $"https://{server.Authority}/");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The Authorization header with which the cloud comes to an ActiveSync address; null when there is nothing to sign in with.</summary>
    public string? ForCloud(EmailAddress email, Uri activeSync)
    {
        if (OrganizationOf(email) is not { } organization)
        {
            return null;
        }

        return (SettingsOf(organization, email)?.Auth ?? organization.Auth) == AuthenticationMode.Basic ? Basic(email) : Token(email, activeSync) is { } token ? "Bearer " + token : null;
    }

    /// <summary>The Authorization header of the Basic scheme, which reveals the password to anyone who reads it.</summary>
    public string Basic(EmailAddress email) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(email.Text + ":" + Password(email)));

    private static MailboxSettings? SettingsOf(OrganizationDefinition? organization, EmailAddress email) =>
        organization?.MailboxSettings.FirstOrDefault(entry => entry.Key.Equals(email.Text, StringComparison.OrdinalIgnoreCase)).Value;

    private OrganizationDefinition? OrganizationOf(EmailAddress email) =>
        scenario().Organizations.FirstOrDefault(candidate => candidate.Domains.Contains(email.Domain, StringComparer.OrdinalIgnoreCase));
}
