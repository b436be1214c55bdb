using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>Groups what was observed at one host and judges it: a pure function of observations, trust anchors and time.</summary>
internal sealed class HostDiagnoser(StrictPathValidator validator, TrustAnchors anchors, DateTimeOffset at)
{

    /// <summary>Judges a host.</summary>
    /// <param name="target">The host and its role.</param>
    /// <param name="observations">The connections whose shares count, in order.</param>
    /// <param name="known">Certificates that were met elsewhere, for saying whether a chain could be completed.</param>
    /// <param name="balancing">How connections were dealt out.</param>
    /// <param name="answersMatter">Whether AutoDiscover was asked for a real address, so that it has to lead on even when no node does.</param>
    /// <param name="passed">The hosts by which the case came here: a redirect to one of them, or to the host itself, leads in a circle.</param>
    public HostDiagnosis Diagnose(
        ProbeTarget target,
        IReadOnlyList<Observation> observations,
        IReadOnlyList<ReadOnlyMemory<byte>> known,
        BalancingFinding balancing,
        bool answersMatter,
        IReadOnlyList<ProbeTarget> passed)
    {
        var chains = GroupByChain(target, observations, known);
        var byFingerprint = chains.ToDictionary(chain => chain.Fingerprint, StringComparer.Ordinal);
        var facts = observations.Select(observation => Judge(observation, target, byFingerprint)).ToList();
        JudgeAnswers(facts, target.Role, answersMatter, [.. passed, target]);

        var successes = facts.Count(fact => fact.Code == NodeErrors.Ok);
        var met = facts.Select(fact => fact.Node).OfType<NodeFingerprint>().ToList();
        var probes = NodeFingerprint.Sufficiency(met);
        return new HostDiagnosis
        {
            Host = target.Host,
            Port = target.Port,
            Role = target.Role,
            StartTls = target.StartTls,
            Verdict = Decide(successes, facts.Count, probes, balancing),
            Attempts = facts.Count,
            Successes = successes,
            Confidence = ConfidenceInterval.Wilson(successes, facts.Count),
            Errors = Counts(facts.Where(fact => fact.Code != NodeErrors.Ok).Select(fact => fact.Code)),
            Chains = chains,
            Nodes = GroupByNode(facts),
            Balancing = balancing.Pattern is BalancingPattern.Mixed && probes.Turn is { } turn
                ? balancing with { Pattern = BalancingPattern.InTurn, Turn = turn }
                : balancing,
            Probes = probes,
            Timeline = [.. facts.Select(fact => fact.ToVerdict())],
            Observations = observations,
        };
    }

    private static Verdict Decide(int successes, int attempts, ProbeSufficiency probes, BalancingFinding balancing)
    {
        if (successes > 0 && successes < attempts)
        {
            return Verdict.Intermittent;
        }

        // Without any node nothing was reached, and more connections would not help. What fails everywhere is broken for this
        // caller; that all is well takes more: nodes that look alike or that a sticky balancer hides may be faulty.
        var isSure = successes == 0
            ? probes.NodesMet == 0 || probes.EnoughForOneMore
            : probes.Enough && balancing.Pattern != BalancingPattern.OneNodeFromOneSource;
        return !isSure ? Verdict.NotEnoughProbes : successes == 0 ? Verdict.Broken : Verdict.Healthy;
    }

    private List<ChainGroup> GroupByChain(ProbeTarget target, IReadOnlyList<Observation> observations, IReadOnlyList<ReadOnlyMemory<byte>> known)
    {
        var groups = observations
            .Where(observation => observation.Presented.Count > 0)
            .GroupBy(observation => ChainFingerprint.Of(observation.Presented), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.First().Number)
            .ToList();
        return [.. groups.Select((group, index) =>
        {
            var presented = group.First().Presented;
            var strict = validator.Validate(presented, anchors, target.Host, at);
            return new ChainGroup
            {
                Label = ChainGroup.LabelOf(index),
                Fingerprint = group.Key,
                Presented = presented,
                Attempts = group.Count(),
                Share = ConfidenceInterval.Wilson(group.Count(), observations.Count),
                Strict = strict,
                Faults = ChainFaults.Find(strict, presented, ChainCompletions.Find(validator, anchors, strict, presented, known, at)),
                Remarks = ChainFaults.Remarks(strict, presented),
                Nodes = [.. group.Select(NodeFingerprint.Of).OfType<NodeFingerprint>().Select(node => node.Name).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)],
            };
        })];
    }

    private static Fact Judge(Observation observation, ProbeTarget target, Dictionary<string, ChainGroup> chains)
    {
        var chain = observation.Presented.Count > 0 ? chains[ChainFingerprint.Of(observation.Presented)] : null;
        var fact = new Fact(observation, NodeFingerprint.Of(observation), chain, AnswerReading.Of(observation, target.Role));
        if (observation.TlsVersion is "TLSv1" or "TLSv1.1")
        {
            fact.Fail(NodeErrors.ProtocolError, FaultNames.ProtocolVersion);
        }

        if (chain is { Strict.Accepted: false })
        {
            fact.Fail(chain.Strict.NodeCode, [.. chain.Faults]);
        }
        else if ((observation.Error ?? (observation.Answers.Count == 0 ? observation.AnswerError : null)) is { } refused && observation.ClientCertificateRequested)
        {
            fact.Fail(refused.Code, FaultNames.ClientCertificate);
        }
        else if (observation.Error is { } error)
        {
            fact.Fail(error.Code, FaultNames.NoHandshake);
        }

        return fact;
    }

    /// <summary>An answer that all nodes give alike may be meant, unless it can only be wrong; one that only some give is a fault of those that do not.</summary>
    private static void JudgeAnswers(List<Fact> facts, HostRole role, bool answersMatter, IReadOnlyList<ProbeTarget> passed)
    {
        if (role == HostRole.Server)
        {
            return;
        }

        var answered = facts.Where(fact => fact.Observation.Error is null && !fact.Faults.Contains(FaultNames.ClientCertificate)).ToList();
        var isWanted = answered.Any(fact => LeadsOn(fact.Reading)) || (answersMatter && role == HostRole.AutoDiscover);
        foreach (var fact in answered)
        {
            if (fact.Reading.IsUnanswered)
            {
                var code = fact.Observation.AnswerError?.Code ?? FaultNames.NoAnswer;
                fact.Fail(code, NodeErrors.IsOfHttpParser(code) ? FaultNames.MalformedAnswer : FaultNames.NoAnswer);
            }
            else if (fact.Reading.Fault is { } fault)
            {
                fact.Fail(fault, fault);
            }
            else if (isWanted && !LeadsOn(fact.Reading))
            {
                var lacking = role == HostRole.ActiveSync ? FaultNames.NoModernAuthentication
                    : fact.Reading.Redirect is null ? FaultNames.NoAutoDiscoverV2 : FaultNames.RedirectLoop;
                fact.Fail(lacking, lacking);
            }
        }

        bool LeadsOn(AnswerReading reading) => role == HostRole.ActiveSync
            ? reading.AuthorizationUri is not null
            : reading.ActiveSyncUrl is not null || (reading.Redirect is { } redirect && !passed.Any(target => target.IsAt(new Uri(redirect))));
    }

    private static List<NodeDiagnosis> GroupByNode(List<Fact> facts) =>
    [
        .. facts.Where(fact => fact.Node is not null)
            .GroupBy(fact => fact.Node!.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, NaturalOrder.Instance)
            .Select(group => new NodeDiagnosis
            {
                Name = group.Key,
                Basis = group.First().Node!.Basis,
                Attempts = group.Count(),
                Share = ConfidenceInterval.Wilson(group.Count(), facts.Count),
                Successes = group.Count(fact => fact.Code == NodeErrors.Ok),
                Faults = Distinct(group.SelectMany(fact => fact.Faults)),
                Remarks = Distinct([.. group.SelectMany(fact => fact.Chain?.Remarks ?? []), .. group.Select(fact => fact.Reading.Remark).OfType<string>()]),
                Chains = Distinct(group.Select(fact => fact.Chain?.Label).OfType<string>()),
                Build = group.Select(fact => fact.Observation.Header("MS-Server-ActiveSync")).FirstOrDefault(build => build is not null),
                Answers = Distinct(group.SelectMany(fact => fact.Reading.Words)),
            }),
    ];

    private static List<string> Distinct(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)];

    private static Dictionary<string, int> Counts(IEnumerable<string> codes) => codes
        .GroupBy(code => code, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private sealed class Fact(Observation observation, NodeFingerprint? node, ChainGroup? chain, AnswerReading reading)
    {
        public Observation Observation { get; } = observation;

        public NodeFingerprint? Node { get; } = node;

        public ChainGroup? Chain { get; } = chain;

        public AnswerReading Reading { get; } = reading;

        public List<string> Faults { get; } = [];

        public string Code { get; private set; } = NodeErrors.Ok;

        /// <summary>Adds faults; the code of the first of them is what a strict client says.</summary>
        public void Fail(string code, params ReadOnlySpan<string> faults)
        {
            Code = Code == NodeErrors.Ok ? code : Code;
            Faults.AddRange(faults);
        }

        public AttemptVerdict ToVerdict() => new()
        {
            Number = Observation.Number,
            Started = Observation.Started,
            Elapsed = Observation.Elapsed,
            Source = Observation.Source,
            Node = Node?.Name,
            Chain = Chain?.Label,
            Code = Code,
            IsUnreachable = Observation.Error is not null && Observation.Presented.Count == 0,
        };
    }
}
