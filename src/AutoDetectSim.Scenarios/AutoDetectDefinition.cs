using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>The AutoDetect service of the lab: its names, its instances, what its database and its cache hold.</summary>
public sealed record AutoDetectDefinition
{
    /// <summary>Host names at which AutoDetect answers. Default: every name that clients were seen to use ([SEED], [CAP2025], [OMEP], [OFFCFG], [FIXAD]); one that is left out is retired.</summary>
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

    /// <summary>How many instances answer, in turn, when <see cref="Instances"/> is empty.</summary>
    [Range(1, 1000)]
    public int Replicas { get; init; } = 1;

    /// <summary>The instances that answer, in turn.</summary>
    [FilledIn("as many as `replicas` says, with names in the manner of the edition")]
    public IReadOnlyList<AutoDetectInstanceDefinition> Instances { get; init; } = [];

    /// <summary>The key that signs X-Feedback-Token (HS256), as text of at least 32 bytes in UTF-8.</summary>
    [FilledIn("derived from the seed")]
    public string? FeedbackKey { get; init; }

    /// <summary>How long a detection may take when the caller names no <c>timeout</c>.</summary>
    [Range(0.1, 120)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long AutoDetect waits for one answer of one server.</summary>
    [Range(0.1, 120)]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The Exchange Online host that is asked first; empty: none is asked.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public string? ExchangeOnlineHost { get; init; } = "outlook.office365.com";

    /// <summary>How many times each address is answered with status 202 before AutoDetect gives its result.</summary>
    [Range(0, 1_000_000)]
    public int SearchingAnswers { get; init; }

    /// <summary>Provider records of the database by id. A record with the id of a built-in provider (google, yahoo, yahoo.co.jp, icloud, outlook, office365) replaces it.</summary>
    public IReadOnlyList<ProviderRecordDefinition> Providers { get; init; } = [];

    /// <summary>Domain records of the database by SMTP domain.</summary>
    public IReadOnlyList<DomainRecordDefinition> Domains { get; init; } = [];

    /// <summary>Results that the cache holds when the lab starts, by SMTP domain.</summary>
    public IReadOnlyList<CachedResultDefinition> Cache { get; init; } = [];

    /// <summary>For how long results with services or protocols are kept and given again.</summary>
    [FilledIn("they are not kept")]
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
    /// <summary>What X-Instance-Id says, for example <c>prod5-autodetect-1</c> or <c>autodetect-deployment-76fffc487d-wfs4b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>False: the instance answers every call with status 503.</summary>
    public bool Available { get; init; } = true;
}

/// <summary>A provider record of AutoDetect's database ([CAP2025]).</summary>
public sealed record ProviderRecordDefinition
{
    /// <summary>The id, which X-Provider-Id shows, for example <c>seeatest</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The service that signs the user in, of <c>office365</c>, <c>outlook</c>, <c>google</c>, <c>icloud</c>, <c>yahoo</c>, <c>yahoo.co.jp</c>.</summary>
    [FilledIn("none: the provider has servers that take a password")]
    public string? Service { get; init; }

    /// <summary>What the answer's <c>services</c> entry has as its <c>protocol</c>; programs take <c>office365</c> with anything but <c>rest</c> for a broken record ([S-PROBE]).</summary>
    [FilledIn("`rest` for `office365` and `outlook`, none for others")]
    public string? ServiceProtocol { get; init; }

    /// <summary>Servers of the provider, in record order.</summary>
    public IReadOnlyList<ProtocolRecordDefinition> Protocols { get; init; } = [];

    /// <summary>SMTP domains of the provider.</summary>
    [StringSyntax(ScalarSyntax.HostName)]
    public IReadOnlyList<string> MailDomains { get; init; } = [];

    /// <summary>Host names, or suffixes that begin with a dot, of MX targets that show the provider, for example <c>.google.com</c>.</summary>
    public IReadOnlyList<string> MailExchangers { get; init; } = [];

    /// <summary>The AutoDiscover V2 address of the provider, asked in place of Exchange Online and autodiscover.DOMAIN.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    [FilledIn("none")]
    public string? AutoDv2Endpoint { get; init; }

    /// <summary>When the record was made, in UTC, as the database writes it, for example <c>2020-02-03T05:31:23.2980248</c>.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>When the record was last changed, in UTC, as the database writes it.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>A remark of the people who keep the database.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether the record was learned from the feedback of apps.</summary>
    public bool IsCrowdsourced { get; init; }
}

/// <summary>A domain record of AutoDetect's database ([CAP2025]).</summary>
public sealed record DomainRecordDefinition
{
    /// <summary>The SMTP domain.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the record was set by support and goes before records that were learned.</summary>
    public bool Fixed { get; init; }

    /// <summary>The AutoDiscover V2 address of the domain, asked in place of Exchange Online and autodiscover.DOMAIN.</summary>
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
    [FilledIn("not said")]
    public int? Port { get; init; }

    /// <summary>How the connection is protected, as the database writes it: <c>Ssl</c>, <c>StartTls</c> or <c>None</c>.</summary>
    public string? Encryption { get; init; } = "Ssl";

    /// <summary>What is known to be wrong with the server's TLS, for example <c>SELF_SIGNED_CERT_IN_CHAIN</c>: the app then asks whether to sign in all the same.</summary>
    public string? Insecure { get; init; }

    /// <summary>The <c>Secure</c> member of the record.</summary>
    public string? Secure { get; init; } = "True";

    /// <summary>The user name; <c>{email}</c> stands for the address, <c>{user}</c> for its part before the at sign.</summary>
    public string? Username { get; init; } = "{email}";

    /// <summary>Whether AutoDetect ever signed in there.</summary>
    public bool Validated { get; init; }

    /// <summary>The authorization endpoint of the server.</summary>
    [StringSyntax(ScalarSyntax.Url)]
    [FilledIn("none")]
    public string? Aad { get; init; }

    /// <summary>Whether the server was learned from the feedback of apps.</summary>
    [FilledIn("the record does not say")]
    public bool? IsCrowdsourced { get; init; }
}

/// <summary>A result that AutoDetect's cache holds when the lab starts.</summary>
public sealed record CachedResultDefinition
{
    /// <summary>The SMTP domain.</summary>
    public required string Name { get; init; }

    /// <summary>The provider record that the result came from.</summary>
    public required string ProviderId { get; init; }

    /// <summary>How long ago the result was put there.</summary>
    public TimeSpan Age { get; init; }
}
