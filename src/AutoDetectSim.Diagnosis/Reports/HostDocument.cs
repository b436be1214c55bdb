namespace AutoDetectSim.Diagnosis.Reports;

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

    /// <summary>The host's answers, grouped by their content.</summary>
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
