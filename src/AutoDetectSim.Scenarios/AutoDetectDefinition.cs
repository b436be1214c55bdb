using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>The lab's AutoDetect service: host names, instances, and the contents of its database and cache.</summary>
public sealed record AutoDetectDefinition
{
    /// <summary>The Node.js by whose rules AutoDetect judges certificates ([NODE24]). It cannot be changed while a lab runs.</summary>
    public NodeVersion Node { get; init; } = NodeVersion.Node20;

    /// <summary>Host names of AutoDetect. Default: every name that clients are known to use ([SEED], [CAP2025], [OMEP], [OFFCFG], [FIXAD]); a name that is left out is retired.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public IReadOnlyList<string> Hosts { get; init; } =
    [
        "prod-autodetect.outlookmobile.com",
        "prod.autodetect.outlook.cloud.microsoft",
        "autodetect.outlookmobile.com",
        "prod-global-autodetect.acompli.net",
        "prod-api.acompli.net",
        "prod5-api.acompli.net",
        "dev0-api.acompli.net",
    ];

    /// <summary>Number of instances, used round robin, when <see cref="Instances"/> is empty.</summary>
    [Range(1, 1000)]
    public int Replicas { get; init; } = 1;

    /// <summary>The instances, used round robin.</summary>
    [FilledIn("`replicas` instances, named as in the edition")]
    public IReadOnlyList<AutoDetectInstanceDefinition> Instances { get; init; } = [];

    /// <summary>The key that signs X-Feedback-Token (HS256), as text of at least 32 bytes in UTF-8.</summary>
    [FilledIn("derived from the seed")]
    public string? FeedbackKey { get; init; }

    /// <summary>How long a detection may take when the call has no <c>timeout</c>.</summary>
    [Range(0.1, 120)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long AutoDetect waits for each response of a server.</summary>
    [Range(0.1, 120)]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The Exchange Online host that AutoDetect queries first; empty: none.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public string? ExchangeOnlineHost { get; init; } = "outlook.office365.com";

    /// <summary>How many times AutoDetect answers 202 for an address before it returns the result.</summary>
    [Range(0, 1_000_000)]
    public int SearchingAnswers { get; init; }

    /// <summary>Provider records of the database by id. A record with the id of a built-in provider (google, yahoo, yahoo.co.jp, icloud, outlook, office365) replaces it.</summary>
    public IReadOnlyList<ProviderRecordDefinition> Providers { get; init; } = [];

    /// <summary>Domain records of the database by SMTP domain.</summary>
    public IReadOnlyList<DomainRecordDefinition> Domains { get; init; } = [];

    /// <summary>Initial contents of the cache, by SMTP domain.</summary>
    public IReadOnlyList<CachedResultDefinition> Cache { get; init; } = [];

    /// <summary>How long results with services or protocols are cached.</summary>
    [FilledIn("not cached")]
    public TimeSpan? CacheLifetime { get; init; }

    /// <summary>
    /// SMTP domains in sovereign clouds, where apps do not use AutoDetect, by the cloud's name: <c>gcc.microsoftonline.com</c>,
    /// <c>microsoftonline.us</c>, <c>microsoftonline.mil</c>, <c>partner.microsoftonline.cn</c> or <c>microsoftonline.de</c> ([S-PROBE]).
    /// </summary>
    [KeySyntax(ScalarSyntax.HostName)]
    public IReadOnlyDictionary<string, string> SovereignDomains { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>One instance behind AutoDetect's name.</summary>
public sealed record AutoDetectInstanceDefinition
{
    /// <summary>The X-Instance-Id value, for example <c>prod5-autodetect-1</c> or <c>autodetect-deployment-76fffc487d-wfs4b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>False: the instance answers every call with status 503.</summary>
    public bool Available { get; init; } = true;
}

/// <summary>A provider record of AutoDetect's database ([CAP2025]).</summary>
public sealed record ProviderRecordDefinition
{
    /// <summary>The id, sent as X-Provider-Id, for example <c>seeatest</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The service that signs the user in: one of <c>office365</c>, <c>outlook</c>, <c>google</c>, <c>icloud</c>, <c>yahoo</c>, <c>yahoo.co.jp</c>.</summary>
    [FilledIn("none: the provider has servers that take a password")]
    public string? Service { get; init; }

    /// <summary>The <c>protocol</c> of the <c>services</c> entry in the response; programs treat <c>office365</c> with anything but <c>rest</c> as a broken record ([S-PROBE]).</summary>
    [FilledIn("`rest` for `office365` and `outlook`, none for others")]
    public string? ServiceProtocol { get; init; }

    /// <summary>Servers of the provider, in record order.</summary>
    public IReadOnlyList<ProtocolRecordDefinition> Protocols { get; init; } = [];

    /// <summary>SMTP domains of the provider.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public IReadOnlyList<string> MailDomains { get; init; } = [];

    /// <summary>MX targets that identify the provider: host names, or suffixes that start with a dot, for example <c>.google.com</c>.</summary>
    public IReadOnlyList<string> MailExchangers { get; init; } = [];

    /// <summary>The AutoDiscover V2 URL of the provider, queried instead of Exchange Online and autodiscover.DOMAIN.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    [FilledIn("none")]
    public string? AutoDv2Endpoint { get; init; }

    /// <summary>When the record was created, in UTC, in the database's format, for example <c>2020-02-03T05:31:23.2980248</c>.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>When the record was last changed, in UTC, in the database's format.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>A comment by the database's maintainers.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether the record was learned from the feedback of apps.</summary>
    public bool IsCrowdsourced { get; init; }
}

/// <summary>A domain record of AutoDetect's database ([CAP2025]).</summary>
public sealed record DomainRecordDefinition
{
    /// <summary>The SMTP domain.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the record was set by support and takes precedence over learned records.</summary>
    public bool Fixed { get; init; }

    /// <summary>The AutoDiscover V2 URL of the domain, queried instead of Exchange Online and autodiscover.DOMAIN.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    [FilledIn("none")]
    public string? AutoDv2Endpoint { get; init; }

    /// <summary>The provider record of the domain.</summary>
    [FilledIn("none")]
    public string? ProviderId { get; init; }

    /// <summary>Servers of the domain, in record order.</summary>
    public IReadOnlyList<ProtocolRecordDefinition> Protocols { get; init; } = [];
}

/// <summary>One server of a provider or domain record ([CAP2025]).</summary>
public sealed record ProtocolRecordDefinition
{
    /// <summary>One of <c>imap</c>, <c>smtp</c>, <c>pop3</c>, <c>eas</c>, <c>ews</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The server's host name.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public required string Hostname { get; init; }

    /// <summary>The TCP port.</summary>
    [Range(1, 65535)]
    [FilledIn("not specified")]
    public int? Port { get; init; }

    /// <summary>How the connection is encrypted, in the database's words: <c>Ssl</c>, <c>StartTls</c> or <c>None</c>.</summary>
    public string? Encryption { get; init; } = "Ssl";

    /// <summary>A known TLS problem of the server, for example <c>SELF_SIGNED_CERT_IN_CHAIN</c>: the app then asks whether to sign in anyway.</summary>
    public string? Insecure { get; init; }

    /// <summary>The <c>Secure</c> member of the record.</summary>
    public string? Secure { get; init; } = "True";

    /// <summary>The user name; <c>{email}</c> is replaced by the address, <c>{user}</c> by its part before the at sign.</summary>
    public string? Username { get; init; } = "{email}";

    /// <summary>Whether AutoDetect has ever signed in there.</summary>
    public bool Validated { get; init; }

    /// <summary>The authorization endpoint of the server.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    [FilledIn("none")]
    public string? Aad { get; init; }

    /// <summary>Whether the server was learned from the feedback of apps.</summary>
    [FilledIn("not specified")]
    public bool? IsCrowdsourced { get; init; }
}

/// <summary>A result in AutoDetect's cache when the lab starts.</summary>
public sealed record CachedResultDefinition
{
    /// <summary>The SMTP domain.</summary>
    public required string Name { get; init; }

    /// <summary>The provider record behind the result.</summary>
    public required string ProviderId { get; init; }

    /// <summary>The age of the result.</summary>
    public TimeSpan Age { get; init; }
}
