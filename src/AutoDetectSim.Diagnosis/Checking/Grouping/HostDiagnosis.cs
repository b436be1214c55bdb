using System.Net;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>What was found out about one host.</summary>
internal sealed record HostDiagnosis
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required HostRole Role { get; init; }

    /// <summary>The mail protocol in which STARTTLS was asked for; null where TLS came first.</summary>
    public MailProtocol? StartTls { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Connections that were made.</summary>
    public required int Attempts { get; init; }

    /// <summary>Connections on which a strict client would have got what it came for.</summary>
    public required int Successes { get; init; }

    /// <summary>The share of successes, 0 to 1; 0 where no connection was made.</summary>
    public double SuccessRate => Attempts == 0 ? 0 : (double)Successes / Attempts;

    /// <summary>The 95% interval of the share of successes.</summary>
    public required ConfidenceInterval Confidence { get; init; }

    /// <summary>How often each error came, in the words of Node.js.</summary>
    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>One part per different presented chain, most frequent first.</summary>
    public required IReadOnlyList<ChainGroup> Chains { get; init; }

    /// <summary>One part per node that could be told apart, by name; nodes without a name that look alike are one part.</summary>
    public required IReadOnlyList<NodeDiagnosis> Nodes { get; init; }

    /// <summary>Whether nodes without a name were met: there may be any number that look alike.</summary>
    public bool HasLookAlikes => Nodes.Any(node => node.Basis == IdentityBasis.Certificates);

    /// <summary>How the connections were dealt out.</summary>
    public required BalancingFinding Balancing { get; init; }

    /// <summary>Whether that was enough to have met every node.</summary>
    public required ProbeSufficiency Probes { get; init; }

    /// <summary>What a client without SNI makes of what it gets; null where it gets the same certificate as others, or nobody asked.</summary>
    public ValidationResult? WithoutServerName { get; init; }

    /// <summary>How connections of new clients fare where they are reset more often than those of old ones; otherwise null.</summary>
    public HelloFinding? Hello { get; init; }

    /// <summary>Certificates that the nodes send and their issuers have revoked.</summary>
    public IReadOnlyList<RevokedCertificate> Revoked { get; init; } = [];

    /// <summary>Connectors that present the nodes' certificates as a client, by name; null where none are known of.</summary>
    public IReadOnlyList<string>? Connectors { get; init; }

    /// <summary>Every connection, in order.</summary>
    public required IReadOnlyList<AttemptVerdict> Timeline { get; init; }

    /// <summary>The connections as they were observed, in order; they are what the judgement rests on.</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }

    /// <summary>The nodes that fail a strict client at least once, by name.</summary>
    public IEnumerable<NodeDiagnosis> FaultyNodes => Nodes.Where(node => node.Faults.Count > 0);

    /// <summary>Whether a strict client accepts everything that was presented, so that what fails is no certificate.</summary>
    public bool HasGoodChains => Chains.Count > 0 && Chains.All(chain => chain.Strict.Accepted);

    /// <summary>Whether nothing at all answered.</summary>
    public bool IsUnreachable => Attempts > 0 && Chains.Count == 0 && Timeline.All(attempt => attempt.IsUnreachable);
}

/// <summary>What a strict client makes of a host.</summary>
internal enum Verdict
{
    /// <summary>Every connection succeeded, and enough were made.</summary>
    Healthy,

    /// <summary>Every connection so far ended alike, but a node may still be unmet.</summary>
    NotEnoughProbes,

    /// <summary>Some connections succeeded, others did not.</summary>
    Intermittent,

    /// <summary>No connection succeeded.</summary>
    Broken,
}

/// <summary>One exact list of presented certificates, and what becomes of it.</summary>
internal sealed record ChainGroup
{
    /// <summary>A letter for reports: A for the most frequent chain.</summary>
    public required string Label { get; init; }

    /// <summary>SHA-256 over the list.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The certificates in wire order, DER.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; init; }

    /// <summary>Connections on which it came.</summary>
    public required int Attempts { get; init; }

    /// <summary>The 95% interval of its share of the connections.</summary>
    public required ConfidenceInterval Share { get; init; }

    /// <summary>The strict verdict.</summary>
    public required ValidationResult Strict { get; init; }

    /// <summary>Names of faults (<see cref="FaultNames"/>); empty when a strict client accepts the chain.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Names of oddities that put no strict client off.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Names of the nodes that presented it.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What each client says.</summary>
    public IReadOnlyList<ClientGroupVerdict> Clients { get; init; } = [];

    /// <summary>The label of a chain: A for the first, then B to Z, AA, AB and so on.</summary>
    /// <param name="index">Its place among the chains, from 0.</param>
    public static string LabelOf(int index) => index < 26 ? ((char)('A' + index)).ToString() : LabelOf((index / 26) - 1) + (char)('A' + (index % 26));
}

/// <summary>What one kind of client says to one chain.</summary>
/// <param name="Profile">The client.</param>
/// <param name="InUse">A client that has been in use for a while, and has met what it can meet at this host.</param>
/// <param name="FirstVisit">A fresh installation on its first connection.</param>
internal sealed record ClientGroupVerdict(ClientProfile Profile, ClientVerdict InUse, ClientVerdict FirstVisit);

/// <summary>What was found out about one node.</summary>
internal sealed record NodeDiagnosis
{
    public required string Name { get; init; }

    /// <summary>What tells the node apart.</summary>
    public required IdentityBasis Basis { get; init; }

    /// <summary>Connections that it answered.</summary>
    public required int Attempts { get; init; }

    /// <summary>The 95% interval of its share of the connections.</summary>
    public required ConfidenceInterval Share { get; init; }

    public required int Successes { get; init; }

    /// <summary>Names of faults of its chains and answers.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Names of oddities that put no strict client off.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Labels of the chains that it presented.</summary>
    public required IReadOnlyList<string> Chains { get; init; }

    /// <summary>The ActiveSync build that it claims, or null.</summary>
    public string? Build { get; init; }

    /// <summary>What it answered, in a few words each.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];
}

/// <summary>One connection and what a strict client makes of it.</summary>
internal sealed record AttemptVerdict
{
    public required int Number { get; init; }

    public required TimeSpan Started { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public IPAddress? Source { get; init; }

    /// <summary>The node that answered, or null where nothing told.</summary>
    public string? Node { get; init; }

    /// <summary>The label of the chain that came, or null.</summary>
    public string? Chain { get; init; }

    /// <summary><c>OK</c>, a code of Node.js, or the name of what was wrong with the answer.</summary>
    public required string Code { get; init; }

    /// <summary>Whether there was no way to the host at all.</summary>
    public bool IsUnreachable { get; init; }

    public bool Succeeded => string.Equals(Code, NodeErrors.Ok, StringComparison.Ordinal);
}

/// <summary>How a balancer deals out connections, as far as it shows.</summary>
internal sealed record BalancingFinding
{
    public required BalancingPattern Pattern { get; init; }

    /// <summary>The length of the fixed order, for <see cref="BalancingPattern.InTurn"/>.</summary>
    public int? Turn { get; init; }

    /// <summary>Source addresses and the nodes that each met, for <see cref="BalancingPattern.BySource"/>.</summary>
    public IReadOnlyList<SourceNodes> Sources { get; init; } = [];
}

/// <summary>The nodes that connections from one source address met.</summary>
internal sealed record SourceNodes(string Source, IReadOnlyList<string> Nodes);

/// <summary>How connections are dealt out.</summary>
internal enum BalancingPattern
{
    /// <summary>All connections met one node, from every source that was tried.</summary>
    OneNode,

    /// <summary>All connections met one node, and only one source address was at hand: the balancer may be sticky.</summary>
    OneNodeFromOneSource,

    /// <summary>Each source address keeps meeting one node, and another one meets another.</summary>
    BySource,

    /// <summary>Nodes come in a fixed order.</summary>
    InTurn,

    /// <summary>Nodes come in no order that shows.</summary>
    Mixed,
}
