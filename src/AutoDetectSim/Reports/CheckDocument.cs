using System.Text.Json.Serialization;

namespace AutoDetectSim.Reports;

/// <summary>What a check found out, as JSON. The form is a contract: members are added, never renamed.</summary>
internal sealed record CheckDocument
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public string? Email { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>healthy</c>, <c>notEnoughProbes</c>, <c>intermittent</c> or <c>broken</c>: the worst of the hosts.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The check for people who do not know certificates, in a few paragraphs.</summary>
    public required IReadOnlyList<CustomerPart> Customer { get; init; }

    /// <summary>Names of the faulty nodes of all hosts.</summary>
    public required IReadOnlyList<string> FaultyNodes { get; init; }

    public required IReadOnlyList<HostDocument> Hosts { get; init; }

    public MailDocument? Mail { get; init; }

    /// <summary>Downloads of issuers from where certificates say.</summary>
    public required IReadOnlyList<DownloadDocument> Downloads { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What to do, most important first.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    public required double ElapsedMs { get; init; }

    /// <summary>What would come of changes; null unless it was asked for.</summary>
    public WhatIfDocument? WhatIf { get; init; }
}

/// <summary>A check of the same host after changes.</summary>
internal sealed record WhatIfDocument
{
    /// <summary>The changes, each in a line.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>For changes that were searched for: whether every detection does what it should after them; null for changes that were given.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>For changes that were searched for: whether it is certain that no fewer do; null for changes that were given.</summary>
    public bool? IsSmallest { get; init; }

    /// <summary>Whether the changes were made to a reproduction of what was seen, because the host itself is not in a lab.</summary>
    public required bool IsReproduction { get; init; }

    /// <summary>The hosts after the changes; empty where there is nothing to change.</summary>
    public required IReadOnlyList<HostAfterDocument> Hosts { get; init; }
}

/// <summary>One host before and after changes.</summary>
internal sealed record HostAfterDocument
{
    public required string Host { get; init; }

    public required string Verdict { get; init; }

    public required int Attempts { get; init; }

    public required int Successes { get; init; }

    public required double SuccessRate { get; init; }

    /// <summary>The success rate without the changes; null for a host that the case led to only with them.</summary>
    public double? SuccessRateBefore { get; init; }

    public required IReadOnlyList<string> FaultyNodes { get; init; }
}

/// <summary>One host of the case.</summary>
internal sealed record HostDocument
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary><c>autoDiscover</c>, <c>activeSync</c> or <c>server</c>.</summary>
    public required string Role { get; init; }

    public required string Verdict { get; init; }

    public required string Summary { get; init; }

    public required int Attempts { get; init; }

    public required int Successes { get; init; }

    public required double SuccessRate { get; init; }

    public required IReadOnlyList<double> Confidence95 { get; init; }

    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    public required IReadOnlyList<string> FaultyNodes { get; init; }

    public required IReadOnlyList<ChainDocument> Chains { get; init; }

    public required IReadOnlyList<NodeDocument> Nodes { get; init; }

    /// <summary>How far each kind of client gets with this host, over all of its chains.</summary>
    public required IReadOnlyList<ClientShareDocument> Clients { get; init; }

    /// <summary>What the host answers, by what the answers say.</summary>
    public required IReadOnlyList<AnswerDocument> Answers { get; init; }

    /// <summary>What clients get that send no server name (SNI); null where it is the same.</summary>
    public DefaultSiteDocument? WithoutServerName { get; init; }

    public required BalancingDocument Balancing { get; init; }

    public required ProbesDocument Probes { get; init; }

    public required IReadOnlyList<AttemptDocument> Timeline { get; init; }
}

/// <summary>The share of a host's connections on which a kind of client gets past the certificates.</summary>
/// <param name="Profile">The client's name.</param>
/// <param name="Title">The client in words.</param>
/// <param name="Share">The share for a client in daily use, 0 to 1.</param>
/// <param name="OnFirstVisit">The share for a fresh installation, 0 to 1.</param>
internal sealed record ClientShareDocument(string Profile, string Title, double Share, double OnFirstVisit);

/// <summary>The certificate that a server gives to clients that send no server name.</summary>
internal sealed record DefaultSiteDocument(string Subject, string Code);

/// <summary>One download of an issuer: the subjects of what came, or why nothing did.</summary>
internal sealed record DownloadDocument(string Url, IReadOnlyList<string> Subjects, string? Problem, double ElapsedMs);

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
}

/// <summary>What one kind of client says to one chain.</summary>
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

    /// <summary>Of one client's verdicts on several chains, the one whose reason tells most: that of a failure, or else of what was made up for.</summary>
    internal static ClientDocument Telling(IReadOnlyList<ClientDocument> verdicts) =>
        verdicts.FirstOrDefault(verdict => !verdict.Accepted)
        ?? verdicts.FirstOrDefault(verdict => verdict.Path.Any(step => step.Source is "kept" or "downloaded"))
        ?? verdicts[0];
}

/// <summary>One certificate of a path: where the client had it from is <c>presented</c>, <c>trustStore</c>, <c>kept</c> or <c>downloaded</c>.</summary>
internal sealed record PathStepDocument(string Subject, string Source);

/// <summary>One node.</summary>
internal sealed record NodeDocument
{
    public required string Name { get; init; }

    /// <summary><c>frontEndServer</c> (X-FEServer) or <c>certificates</c>.</summary>
    public required string IdentifiedBy { get; init; }

    public required int Attempts { get; init; }

    public required double Share { get; init; }

    public required IReadOnlyList<double> Confidence95 { get; init; }

    public required int Successes { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    public required IReadOnlyList<string> Chains { get; init; }

    public string? Build { get; init; }

    public required IReadOnlyList<string> Answers { get; init; }
}

/// <summary>How connections were dealt out: <c>oneNode</c>, <c>oneNodeFromOneSource</c>, <c>bySource</c>, <c>inTurn</c> or <c>mixed</c>.</summary>
internal sealed record BalancingDocument
{
    public required string Pattern { get; init; }

    public int? Turn { get; init; }

    public required IReadOnlyList<SourceDocument> Sources { get; init; }
}

/// <summary>The nodes that one source address met.</summary>
internal sealed record SourceDocument(string Source, IReadOnlyList<string> Nodes);

/// <summary>Whether enough connections were made.</summary>
internal sealed record ProbesDocument
{
    public required int Made { get; init; }

    public required int NodesMet { get; init; }

    public required bool Enough { get; init; }

    /// <summary>Connections that meet as many nodes as were met with 95% confidence.</summary>
    public required int Needed95 { get; init; }

    public required int Needed99 { get; init; }

    /// <summary>Connections that rule out one more node with 95% confidence.</summary>
    public required int NeededToRuleOutOneMore { get; init; }

    /// <summary>The largest share of a node that may still be unmet, with 95% confidence.</summary>
    public required double LargestHiddenShare { get; init; }

    /// <summary>Whether the nodes may all take the same share; where not, needed numbers follow the observed shares.</summary>
    public required bool EqualShares { get; init; }
}

/// <summary>One connection.</summary>
internal sealed record AttemptDocument
{
    public required int Number { get; init; }

    public required double StartedMs { get; init; }

    public required double ElapsedMs { get; init; }

    public string? Source { get; init; }

    public string? Node { get; init; }

    public string? Chain { get; init; }

    public required string Code { get; init; }
}

/// <summary>Who takes the domain's mail.</summary>
internal sealed record MailDocument(string Domain, IReadOnlyList<string> Exchangers, string? Provider, string? Problem);

/// <summary>Source-generated JSON of reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CheckDocument))]
[JsonSerializable(typeof(DetectDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
