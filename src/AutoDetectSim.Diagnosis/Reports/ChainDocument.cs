using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>One exact list of presented certificates.</summary>
internal sealed record ChainDocument
{
    public required string Label { get; init; }

    public required string Fingerprint { get; init; }

    public required int Attempts { get; init; }

    public required double Share { get; init; }

    public required IReadOnlyList<double> Confidence95 { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The strict verdict: <c>OK</c> or a code of Node.js.</summary>
    public required string Code { get; init; }

    public required bool Accepted { get; init; }

    /// <summary>Position in the path of the certificate that the verdict is about.</summary>
    public int? Depth { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>SSL Labs' words: Incomplete, Incorrect order, Extra certs, Contains anchor.</summary>
    public required IReadOnlyList<string> ChainIssues { get; init; }

    public MissingDocument? Missing { get; init; }

    public required string Explanation { get; init; }

    public required IReadOnlyList<CertificateDocument> Presented { get; init; }

    public required IReadOnlyList<ClientDocument> Clients { get; init; }

    /// <summary>The document of a chain that was seen on some of a number of connections.</summary>
    public static ChainDocument From(ChainGroup chain, int attempts) => new()
    {
        Label = chain.Label,
        Fingerprint = chain.Fingerprint,
        Attempts = chain.Attempts,
        Share = (double)chain.Attempts / attempts,
        Confidence95 = DocumentValues.Interval(chain.Share),
        Nodes = chain.Nodes,
        Code = chain.Strict.NodeCode,
        Accepted = chain.Strict.Accepted,
        Depth = chain.Strict.Depth,
        Faults = chain.Faults,
        Remarks = chain.Remarks,
        ChainIssues = [.. chain.Strict.ChainIssues.Select(issue => issue.Words())],
        Missing = chain.Strict.MissingIssuer is { } missing ? new MissingDocument(missing.IssuerName, missing.AuthorityKeyIdentifier, missing.CaIssuersUrl) : null,
        Explanation = chain.Strict.Explanation,
        Presented = [.. chain.Strict.Presented.Select(CertificateDocument.From)],
        Clients = [.. chain.Clients.Select(ClientDocument.From)],
    };
}

/// <summary>The certificate that would complete a chain.</summary>
internal sealed record MissingDocument(string Subject, string? KeyIdentifier, string? AiaUrl);

/// <summary>One presented certificate.</summary>
internal sealed record CertificateDocument
{
    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    public required string SerialNumber { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    public required string PublicKey { get; init; }

    public required string SignatureAlgorithm { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    public string? KeyIdentifier { get; init; }

    public string? IssuerKeyIdentifier { get; init; }

    public required IReadOnlyList<string> AiaUrls { get; init; }

    /// <summary>The document of a certificate.</summary>
    public static CertificateDocument From(CertificateSummary certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        SerialNumber = certificate.SerialNumber,
        NotBefore = certificate.NotBefore,
        NotAfter = certificate.NotAfter,
        PublicKey = certificate.PublicKey,
        SignatureAlgorithm = certificate.SignatureAlgorithm,
        Sha256 = certificate.Sha256Fingerprint,
        Hosts = [.. certificate.DnsNames, .. certificate.IpAddresses],
        KeyIdentifier = certificate.SubjectKeyIdentifier,
        IssuerKeyIdentifier = certificate.AuthorityKeyIdentifier,
        AiaUrls = certificate.CaIssuersUrls,
    };
}

/// <summary>The verdict of one kind of client on one chain.</summary>
internal sealed record ClientDocument
{
    public required string Profile { get; init; }

    public required string Title { get; init; }

    /// <summary>Whether a client in daily use goes on.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Whether a fresh installation goes on at its first connection.</summary>
    public required bool OnFirstVisit { get; init; }

    /// <summary>The strict engine's code for the best path of this client.</summary>
    public required string Code { get; init; }

    /// <summary>What the client itself reports.</summary>
    public required string Words { get; init; }

    public required string Because { get; init; }

    public required IReadOnlyList<PathStepDocument> Path { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Of one client's verdicts on several chains, the one with the most informative reason: that of a failure, or else of a certificate that was cached or downloaded.</summary>
    internal static ClientDocument Telling(IReadOnlyList<ClientDocument> verdicts) =>
        verdicts.FirstOrDefault(verdict => !verdict.Accepted)
        ?? verdicts.FirstOrDefault(verdict => verdict.Path.Any(step => step.Source is "kept" or "downloaded"))
        ?? verdicts[0];

    /// <summary>The document of a client's verdict.</summary>
    public static ClientDocument From(ClientGroupVerdict client) => new()
    {
        Profile = client.Profile.Name,
        Title = client.Profile.Title,
        Accepted = client.InUse.Accepted,
        OnFirstVisit = client.FirstVisit.Accepted,
        Code = client.InUse.Code,
        Words = client.InUse.Words,
        Because = client.InUse.Because,
        Path = [.. client.InUse.Path.Select(step => new PathStepDocument(step.Subject, DocumentValues.Camel(step.Source)))],
        Sources = [.. client.Profile.Habits.Select(habit => habit.Source)],
    };
}

/// <summary>One certificate of a path: where the client had it from is <c>presented</c>, <c>trustStore</c>, <c>kept</c> or <c>downloaded</c>.</summary>
internal sealed record PathStepDocument(string Subject, string Source);
