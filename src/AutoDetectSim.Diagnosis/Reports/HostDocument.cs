using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>One host of the case.</summary>
internal sealed record HostDocument
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary><c>autoDiscover</c>, <c>activeSync</c> or <c>server</c>.</summary>
    public required string Role { get; init; }

    /// <summary><c>smtp</c>, <c>imap</c> or <c>pop3</c> where TLS was asked for by STARTTLS; otherwise null.</summary>
    public string? StartTls { get; init; }

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

    /// <summary>How new clients fare, where they are reset more often than old ones; otherwise null.</summary>
    public HelloDocument? Hello { get; init; }

    public required BalancingDocument Balancing { get; init; }

    public required ProbesDocument Probes { get; init; }

    public required IReadOnlyList<AttemptDocument> Timeline { get; init; }

    /// <summary>The document of a host's diagnosis.</summary>
    public static HostDocument From(HostDiagnosis host) => new()
    {
        Host = host.Host,
        Port = host.Port,
        Role = DocumentValues.Camel(host.Role),
        StartTls = host.StartTls is { } protocol ? DocumentValues.Camel(protocol) : null,
        Verdict = DocumentValues.Camel(host.Verdict),
        Summary = CheckSummary.Of(host),
        Attempts = host.Attempts,
        Successes = host.Successes,
        SuccessRate = host.SuccessRate,
        Confidence95 = DocumentValues.Interval(host.Confidence),
        Errors = host.Errors,
        FaultyNodes = [.. host.FaultyNodes.Select(node => node.Name)],
        Chains = [.. host.Chains.Select(chain => ChainDocument.From(chain, host.Attempts))],
        Nodes = [.. host.Nodes.Select(node => NodeDocument.From(node, host.Attempts))],
        Clients = ClientShareDocument.ListOf(host),
        Answers = AnswerDocument.ListOf(host),
        WithoutServerName = host.WithoutServerName is { } bare ? new DefaultSiteDocument(bare.Presented.Count > 0 ? bare.Presented[0].Subject : "?", bare.NodeCode) : null,
        Hello = HelloDocument.From(host.Hello),
        Balancing = new BalancingDocument
        {
            Pattern = DocumentValues.Camel(host.Balancing.Pattern),
            Turn = host.Balancing.Turn,
            Sources = [.. host.Balancing.Sources.Select(source => new SourceDocument(source.Source, source.Nodes))],
        },
        Probes = ProbesDocument.From(host.Probes),
        Timeline = [.. host.Timeline.Select(AttemptDocument.From)],
    };
}

/// <summary>The share of a host's connections on which a kind of client gets past the certificates.</summary>
/// <param name="Profile">The client's name.</param>
/// <param name="Title">The client in words.</param>
/// <param name="Share">The share for a client in daily use, 0 to 1.</param>
/// <param name="OnFirstVisit">The share for a fresh installation, 0 to 1.</param>
internal sealed record ClientShareDocument(string Profile, string Title, double Share, double OnFirstVisit)
{
    /// <summary>The share of each kind of client; empty where no connection saw certificates.</summary>
    public static ClientShareDocument[] ListOf(HostDiagnosis host)
    {
        if (host.Chains.Count == 0)
        {
            return [];
        }

        // What stops a connection at its certificates is the chain's own code; answers that are wrong come after them.
        var chains = host.Chains.ToDictionary(chain => chain.Label, StringComparer.Ordinal);
        var past = host.Timeline.Where(attempt => attempt.Chain is { } label && (attempt.Succeeded || attempt.Code == chains[label].Strict.NodeCode || FaultNames.IsAnswerFault(attempt.Code))).ToList();
        return
        [
            .. host.Chains[0].Clients.Select(client => client.Profile).Select(profile => new ClientShareDocument(
                profile.Name,
                profile.Title,
                Share(profile, client => client.InUse.Accepted),
                Share(profile, client => client.FirstVisit.Accepted))),
        ];

        double Share(ClientProfile profile, Func<ClientGroupVerdict, bool> accepts) =>
            (double)past.Count(attempt => accepts(chains[attempt.Chain!].Clients.First(client => client.Profile == profile))) / host.Attempts;
    }
}

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

    /// <summary>The document of a node that was met on some of a number of connections.</summary>
    public static NodeDocument From(NodeDiagnosis node, int attempts) => new()
    {
        Name = node.Name,
        IdentifiedBy = DocumentValues.Camel(node.Basis),
        Attempts = node.Attempts,
        Share = (double)node.Attempts / attempts,
        Confidence95 = DocumentValues.Interval(node.Share),
        Successes = node.Successes,
        Faults = node.Faults,
        Remarks = node.Remarks,
        Chains = node.Chains,
        Build = node.Build,
        Answers = node.Answers,
    };
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

    /// <summary>Nodes that were met; with <see cref="HasLookAlikes"/> the least number of them.</summary>
    public required int NodesMet { get; init; }

    /// <summary>Whether nodes without a name were met, of which any number may look alike.</summary>
    public required bool HasLookAlikes { get; init; }

    public required bool Enough { get; init; }

    /// <summary>Connections that meet as many nodes as were met with 95% confidence.</summary>
    public required int Needed95 { get; init; }

    public required int Needed99 { get; init; }

    /// <summary>Connections that rule out one more node with 95% confidence.</summary>
    public required int NeededToRuleOutOneMore { get; init; }

    /// <summary>The largest share of a node that may still be unmet, with 95% confidence.</summary>
    public required double LargestHiddenShare { get; init; }

    /// <summary>The same in sentences.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the nodes may all take the same share; where not, needed numbers follow the observed shares.</summary>
    public required bool EqualShares { get; init; }

    /// <summary>The document of what the number of connections is enough for.</summary>
    public static ProbesDocument From(ProbeSufficiency probes) => new()
    {
        Made = probes.Made,
        NodesMet = probes.NodesMet,
        HasLookAlikes = probes.HasLookAlikes,
        Enough = probes.Enough,
        Needed95 = probes.Needed95,
        Needed99 = probes.Needed99,
        NeededToRuleOutOneMore = probes.NeededToRuleOutOneMore,
        LargestHiddenShare = probes.LargestHiddenShare,
        EqualShares = probes.EqualShares,
        Text = ProbesText.Sentence(probes),
    };
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

    /// <summary>The document of a connection.</summary>
    public static AttemptDocument From(AttemptVerdict attempt) => new()
    {
        Number = attempt.Number,
        StartedMs = DocumentValues.Milliseconds(attempt.Started),
        ElapsedMs = DocumentValues.Milliseconds(attempt.Elapsed),
        Source = attempt.Source?.ToString(),
        Node = attempt.Node,
        Chain = attempt.Chain,
        Code = attempt.Code,
    };
}
