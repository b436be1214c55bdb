using System.Text.Json;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Documents;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Counts the detections of one address.</summary>
/// <param name="lab">The lab, or null when it is not in this process.</param>
/// <param name="email">The address.</param>
/// <param name="isSovereign">Whether the app asks a sovereign cloud instead.</param>
internal sealed class DetectionTally(Lab? lab, string email, bool isSovereign)
{
    private readonly HashSet<string> _balancers = [.. lab?.Scenario.LoadBalancers.Select(balancer => balancer.Name) ?? []];
    private readonly MailboxHome _home = lab is null ? MailboxHome.Unknown : MailboxHomes.Of(lab.Scenario, email);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeTally> _nodes = new(StringComparer.OrdinalIgnoreCase);
    private FrontDoorAnswer? _sample;
    private Detection? _sampleDetection;
    private bool _sampleFailed;
    private readonly Dictionary<string, HashSet<string>> _met = new(StringComparer.Ordinal);
    private readonly string? _expectedName = lab is not null && !isSovereign && ExpectedOutcome.Of(lab.Scenario, email, MailboxHomes.Of(lab.Scenario, email)) is { } expected ? CamelCase<Outcome>.Of(expected) : null;
    private readonly RangeTally _ranges = new();
    private int _successes;
    private int _asExpected;
    private int _mostNodes;

    /// <summary>Reads an answer; number and times are the caller's to add.</summary>
    public DetectionAttempt Read(FrontDoorAnswer answer, Detection? detection)
    {
        var view = PhoneAnswer.Parse(answer.StatusCode, answer.Body.Span);
        return new DetectionAttempt
        {
            Number = 0,
            Started = default,
            Elapsed = default,
            Answer = answer,
            Detection = detection,
            Succeeded = view.HasServices || view.HasProtocols,
            Error = answer.Headers.GetValueOrDefault(AutoDetectHeaders.AutoDv2Error),
            Outcome = CamelCase<Outcome>.Of(isSovereign ? Outcome.SovereignSignIn : Phone.OutcomeOf(view, _home)),
            Met = NodesMet.Of(detection, _balancers),
        };
    }

    public void Add(DetectionAttempt attempt)
    {
        var success = attempt.Succeeded;
        lock (_gate)
        {
            _successes += success ? 1 : 0;
            Count(_outcomes, attempt.Outcome);
            if (attempt.Error is { } error)
            {
                Count(_errors, error);
            }

            _asExpected += attempt.Outcome == _expectedName ? 1 : 0;
            AddNodes(attempt);
            _ranges.Add(attempt.Detection, success, attempt.Error);
            if (_sample is null || (!success && !_sampleFailed))
            {
                (_sample, _sampleDetection, _sampleFailed) = (attempt.Answer, attempt.Detection, !success);
            }
        }
    }

    public DetectionRunResult ToResult(string email, int attempts, TimeSpan elapsed)
    {
        var interval = ConfidenceInterval.Wilson(_successes, attempts);
        List<LoadBalancer> balancers = [.. (lab?.Network.CustomerVirtualIps ?? []).Select(virtualIp => virtualIp.Balancer).DistinctBy(balancer => balancer.Name, StringComparer.Ordinal).Where(balancer => _met.ContainsKey(balancer.Name))];
        List<UnmetNodes> unmet = [.. balancers.Select(balancer => UnmetNodes.Of(balancer, _met[balancer.Name])).OfType<UnmetNodes>()];
        return new DetectionRunResult
        {
            Reproduction = lab is null ? null : ReproductionText.Of(lab.Scenario),
            Email = email,
            Attempts = attempts,
            Successes = _successes,
            SuccessRate = (double)_successes / attempts,
            Confidence95 = [Math.Round(interval.Low, 6), Math.Round(interval.High, 6)],
            Errors = _errors,
            Nodes = [.. _nodes.OrderBy(node => node.Key, NaturalOrder.Instance).Select(node => new NodeResult
            {
                Name = node.Key,
                Attempts = node.Value.Attempts,
                Successes = node.Value.Successes,
                Errors = node.Value.Errors,
                Outcomes = node.Value.Outcomes,
            })],
            Outcomes = _outcomes,
            ExpectedOutcome = _expectedName,
            AsExpected = _expectedName is null ? null : _asExpected,
            MostNodesPerDetection = _mostNodes,
            Ranges = _ranges.Results,
            Warnings = [.. _ranges.Warning is { } warning ? [warning] : Array.Empty<string>(), .. unmet.Select(one => one.Warning(attempts)), .. balancers.Select(UnmetNodes.NeverChosen).OfType<string>()],
            HasInterval = unmet.TrueForAll(one => one.IsDrawn),
            Sample = _sample is null ? null : ToSample(_sample, _sampleDetection),
            ElapsedMs = Math.Round(elapsed.TotalMilliseconds, 1),
            DetectionsPerSecond = Math.Round(attempts / Math.Max(elapsed.TotalSeconds, 1e-9), 1),
        };
    }

    private void AddNodes(DetectionAttempt attempt)
    {
        _mostNodes = Math.Max(_mostNodes, attempt.Nodes.Count);
        foreach (var (name, code) in attempt.Nodes)
        {
            if (!_nodes.TryGetValue(name, out var node))
            {
                _nodes[name] = node = new NodeTally();
            }

            node.Attempts++;
            node.Successes += attempt.Met.AtFault.Contains(name) ? 0 : 1;
            if (code is not null)
            {
                Count(node.Errors, code);
            }

            if (string.Equals(attempt.Met.AnsweredBy, name, StringComparison.OrdinalIgnoreCase))
            {
                Count(node.Outcomes, attempt.Outcome);
            }

            var balancer = attempt.Met.Balancers[name];
            (_met.TryGetValue(balancer, out var met) ? met : _met[balancer] = new(StringComparer.OrdinalIgnoreCase)).Add(name);
        }
    }

    private static DetectionSample ToSample(FrontDoorAnswer answer, Detection? detection) => new()
    {
        Status = answer.StatusCode,
        Headers = answer.Headers.ToDictionary(header => header.Key, header => SecretHeaders.Mask(header.Key, header.Value), StringComparer.OrdinalIgnoreCase),
        Body = TryParse(answer.Body),
        Debug = answer.Headers.TryGetValue(AutoDetectHeaders.DebugSupport, out var debug) ? TryDecode(debug) : null,
        DecisionPath = detection is null ? [] : [.. detection.Steps.Select(step => step.Sentence)],
    };

    private static JsonElement? TryDecode(string base64)
    {
        try
        {
            return TryParse(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonElement? TryParse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = StrangersJson.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private sealed class NodeTally
    {
        public int Attempts { get; set; }

        public int Successes { get; set; }

        public SortedDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);
    }
}
