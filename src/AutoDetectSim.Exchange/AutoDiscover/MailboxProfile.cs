using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>What the older AutoDiscover interfaces tell about a mailbox, in POX and SOAP alike.</summary>
internal sealed class MailboxProfile
{
    private readonly string _organizationDn;

    /// <param name="organization">The mailbox's organization.</param>
    /// <param name="email">The SMTP address.</param>
    /// <param name="server">The name of the node that holds the mailbox.</param>
    public MailboxProfile(Organization organization, string email, string server)
    {
        _organizationDn = $"/o={organization.Name}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)";
        var alias = EmailAddress.LocalPartOf(email) ?? "";
        LegacyDn = $"{_organizationDn}/cn=Recipients/cn={alias}";
        ServerDn = $"{_organizationDn}/cn=Configuration/cn=Servers/cn={server.ToUpperInvariant()}";
        DatabaseDn = $"{ServerDn}/cn=Microsoft Private MDB";
        DeploymentId = new Seed(0).GuidOf("deployment", organization.Name).ToString();
        ServerFqdn = $"{server.ToLowerInvariant()}.{organization.InternalDomain}";
        DirectoryServer = $"dc01.{organization.InternalDomain}";
        EwsUrl = organization.EwsUrl;
        ExternalHost = Uri.TryCreate(organization.EwsUrl, UriKind.Absolute, out var url) ? url.Authority : $"mail.{organization.PrimaryDomain}";
        OabUrl = $"https://{ExternalHost}/OAB/{new Seed(0).GuidOf("offline address book", organization.Name)}/";
        OwaUrl = $"https://{ExternalHost}/owa/";
        EcpUrl = $"https://{ExternalHost}/ecp/";
    }

    public string LegacyDn { get; }

    public string ServerDn { get; }

    public string DatabaseDn { get; }

    public string DeploymentId { get; }

    public string ServerFqdn { get; }

    public string DirectoryServer { get; }

    /// <summary>ExternalUrl of EWS; empty when not set.</summary>
    public string EwsUrl { get; }

    public string ExternalHost { get; }

    public string OabUrl { get; }

    public string OwaUrl { get; }

    public string EcpUrl { get; }
}
