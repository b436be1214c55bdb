using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>What the evidence says about one connection. Nothing in it has been concluded from other calls.</summary>
internal sealed record EvidenceCall
{
    /// <summary>The program or the form that it comes from, for messages.</summary>
    public required string Form { get; init; }

    /// <summary>The file's name.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Its first line; 0 where there is none.</summary>
    public int Line { get; init; }

    /// <summary>The host that was connected to, or null where the evidence does not tell.</summary>
    public string? Host { get; init; }

    /// <summary>The port that was connected to, or null where the evidence does not tell.</summary>
    public int? Port { get; init; }

    /// <summary>The name that was sent in SNI, or null where that is the host, or nothing is known.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether SNI was sent; null where the evidence does not tell.</summary>
    public bool? SendsServerName { get; init; }

    /// <summary>The protocol that TLS was started in, or that the server spoke, such as <c>imap</c>; null for HTTP and where nothing is known.</summary>
    public string? Protocol { get; init; }

    /// <summary>When it was made, or null.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What tells when it was made, for example <c>Start Time</c>.</summary>
    public string? AtBasis { get; init; }

    /// <summary>The date of the mail around it, before which it was made; or null.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>The certificates in the order in which they were sent.</summary>
    public IReadOnlyList<SentCertificate> Sent { get; init; } = [];

    /// <summary>Whether the evidence says how many certificates were sent.</summary>
    public bool IsListKnown { get; init; } = true;

    /// <summary>How many of <see cref="Sent"/>, at its end, were concluded and are not in the evidence.</summary>
    public int Concluded { get; init; }

    /// <summary>The path that the program built, from the server's own certificate upwards, as far as it tells.</summary>
    public IReadOnlyList<PathStep> Path { get; init; } = [];

    /// <summary>Where the path ended: its topmost certificate, the one that the program trusts where the verdict is good. Null where it does not tell.</summary>
    public PathStep? Top => Path.Count > 0 ? Path[^1] : null;

    public EvidenceVerdict? Verdict { get; init; }

    public CallFailure? Failure { get; init; }

    /// <summary>Whether the server went no further because the client had no certificate.</summary>
    public bool DemandsClientCertificate { get; init; }

    /// <summary>TLS versions that the server is known to accept, and no others; empty where that is not known.</summary>
    public IReadOnlyList<string> TlsVersions { get; init; } = [];

    /// <summary>TLS versions that the client was limited to, where it was.</summary>
    public IReadOnlyList<string> OfferedVersions { get; init; } = [];

    /// <summary>The node's own name (X-FEServer), or null.</summary>
    public string? Node { get; init; }

    public IReadOnlyList<ObservedAnswer> Answers { get; init; } = [];

    /// <summary>What was concluded and not read, in sentences without a full stop.</summary>
    public IReadOnlyList<string> Guesses { get; init; } = [];

    /// <summary>What else the reader should know, in sentences without a full stop.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether AutoDetect itself answered, and not a server of the customer.</summary>
    public bool IsOfAutoDetect => Answers.Any(answer => answer.Values(AutoDetectHeaders.AutoDv2Error).Concat(answer.Values(AutoDetectHeaders.DebugSupport)).Any());

    /// <summary>The X-AutoDv2-Error value of AutoDetect's answer, or null.</summary>
    public string? AutoDetectError => Answers.SelectMany(answer => answer.Values(AutoDetectHeaders.AutoDv2Error)).FirstOrDefault();

    /// <summary>How messages name the call.</summary>
    public string Place => Line > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Origin}, line {Line}") : Origin;
}

/// <summary>A certificate of the path that a program built.</summary>
/// <param name="Depth">Its place; 0 is the server's own.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="NotBefore">Its beginning, where the program says that this is the matter.</param>
/// <param name="NotAfter">Its end, where the program says that this is the matter.</param>
internal sealed record PathStep(int Depth, EvidenceName? Subject, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter);
