using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>One mail protocol of a node, where it differs from the node's other protocols.</summary>
public sealed record MailServerDefinition
{
    /// <summary>The chain that the node serves for this protocol: Exchange has a certificate for each.</summary>
    [ExpandsTo(typeof(PresentedChainMembers))]
    [FilledIn("the one for HTTPS")]
    public PresentedChainRecipe? Present { get; init; }

    /// <summary>Whether the node offers STARTTLS at the ports that begin without TLS.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>False: the service is stopped, as Exchange's IMAP and POP3 services are until an administrator starts them; the ports refuse connections.</summary>
    public bool Running { get; init; } = true;
}

/// <summary>A protocol of mail programs.</summary>
public enum MailProtocol
{
    /// <summary>IMAP, at port 993 with TLS and port 143 with STARTTLS.</summary>
    Imap,

    /// <summary>POP3, at port 995 with TLS and port 110 with STARTTLS.</summary>
    Pop3,

    /// <summary>SMTP, at port 465 with TLS, and at ports 587 and 25 with STARTTLS.</summary>
    Smtp,
}
