using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Scenarios;

/// <summary>
/// The forms that a text in a scenario can have. A property names its form with
/// <see cref="System.Diagnostics.CodeAnalysis.StringSyntaxAttribute"/> (on a list: the form of every item); the loader checks
/// it, and JSON Schema and the reference show it.
/// </summary>
internal static class ScalarSyntax
{
    /// <summary>A name that other parts refer to: letters, digits, dot, hyphen and underscore.</summary>
    public const string Name = TextForms.Name;

    /// <summary>An SMTP address.</summary>
    public const string Email = "email";

    /// <summary>A DNS domain or host name without a trailing dot.</summary>
    public const string HostName = "host-name";

    /// <summary>What a subjectAltName can hold: a host name, a wildcard such as <c>*.contoso.com</c>, or an IP address.</summary>
    public const string CertificateHost = "certificate-host";

    /// <summary>An IPv4 or IPv6 address.</summary>
    public const string IpAddress = "ip-address";

    /// <summary>A source range: <c>52.125.128.0/20</c>, one address, or the name of a published set.</summary>
    public const string Cidr = "cidr";

    /// <summary>An absolute http or https URL.</summary>
    public const string Url = "url";

    /// <summary>An RFC 3339 time, or an offset from the start of the lab such as <c>-30d</c>.</summary>
    public const string Validity = "validity-bound";

    /// <summary>A distinguished name such as <c>CN=Lab Root CA, O=Contoso</c>.</summary>
    public const string DistinguishedName = "distinguished-name";

    /// <summary>An extended key usage by name, or a dotted OID.</summary>
    public const string KeyUsage = "extended-key-usage";

    /// <summary>An Exchange build: four numbers with dots.</summary>
    public const string Build = "build";

    /// <summary>A TLS protocol version: 1.0, 1.1, 1.2 or 1.3.</summary>
    public const string TlsVersion = "tls-version";

    /// <summary>A TLS alert by its RFC 8446 name.</summary>
    public const string TlsAlert = "tls-alert";

    /// <summary>A value of X-AutoDv2-Error.</summary>
    public const string ErrorCode = "error-code";

    /// <summary>What the user sees on the phone.</summary>
    public const string Outcome = "outcome";

    /// <summary>The result of provisioning a cached mailbox.</summary>
    public const string Provisioning = "provisioning-outcome";

    /// <summary>A kind of client by its name, such as <c>windows</c>.</summary>
    public const string ClientProfile = "client-profile";

    /// <summary>A mail server such as <c>imap://mail.contoso.com:993</c>.</summary>
    public const string MailServer = "mail-server";

    /// <summary>An HTTP status code.</summary>
    public const string HttpStatus = "http-status";

    /// <summary>A share of connections: <c>1/20</c>, <c>5%</c> or <c>0.05</c>.</summary>
    public const string Share = "share";

    /// <summary>The path of a URL, from the first slash.</summary>
    public const string UrlPath = "url-path";

    /// <summary>A DNS record type.</summary>
    public const string DnsType = "dns-type";

    /// <summary>A path relative to the scenario.</summary>
    public const string Path = "relative-path";

    /// <summary>The name of an authority of the scenario.</summary>
    public const string AuthorityReference = "authority";

    /// <summary>The name of a certificate of the scenario.</summary>
    public const string CertificateReference = "certificate";

    /// <summary>The name of a certificate or an authority of the scenario.</summary>
    public const string PresentedReference = "certificate-or-authority";

    /// <summary>The name of an organization of the scenario.</summary>
    public const string OrganizationReference = "organization";

    /// <summary>The name of a node of the scenario.</summary>
    public const string NodeReference = "node";

    /// <summary>The name of a load balancer of the scenario.</summary>
    public const string LoadBalancerReference = "load-balancer";
}
