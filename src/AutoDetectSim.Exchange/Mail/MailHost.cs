using System.Globalization;
using System.Net;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Mail;

/// <summary>The Exchange server whose mail services a program talks to.</summary>
/// <param name="node">The server; null for one that the scenario no longer has.</param>
/// <param name="definition">The node as it was when the connection came.</param>
/// <param name="passwords">Checks passwords.</param>
/// <param name="time">The lab's time.</param>
internal sealed class MailHost(ExchangeNode? node, NodeDefinition definition, PasswordLogon passwords, TimeProvider time)
{
    /// <summary>The address that the server sees.</summary>
    public required IPAddress Client { get; init; }

    /// <summary>The name of the server in its greetings: the NetBIOS name in capitals, then its domain ([SMTPLOG]).</summary>
    public string Name => node is { Organization: { } organization } ? $"{node.NetBiosName}.{organization.InternalDomain}" : definition.Name.ToUpperInvariant();

    /// <summary>The date of a greeting, as RFC 5322 writes it.</summary>
    public string Date => time.GetUtcNow().ToString("ddd, d MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>Whether a protocol is offered with STARTTLS.</summary>
    public bool OffersStartTls(MailProtocol protocol) => definition.MailServer(protocol)?.StartTls ?? true;

    /// <summary>Whether user name and password open a mailbox on the organization's own servers.</summary>
    public bool LogsOn(string userName, string password) =>
        node?.Organization is { } organization
        && passwords.Judge(userName, password, organization) is { } mailbox
        && organization.LocationOf(mailbox) != MailboxLocation.Cloud;

    /// <summary>Whether a domain is one that the organization takes mail for.</summary>
    public bool Accepts(EmailAddress recipient) => node?.Organization?.Owns(recipient) == true;

    /// <summary>Whether an address of the organization exists.</summary>
    public bool Knows(EmailAddress recipient) => node?.Organization?.HasMailbox(recipient) == true;
}
