using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture.Judging;

/// <summary>
/// Holds a lab that was made from evidence against what the evidence itself says: the verdict of each call on its chain, each failure, each demand for a
/// client certificate. What differs is said with what can explain it.
/// </summary>
internal sealed class EvidenceJudge(Lab lab, CapturedWorld world, ReproducedScenario reproduced, Anonymizer? anonymizer)
{
    private readonly SortedSet<string> _differences = new(StringComparer.Ordinal);

    /// <summary>The differences, in sentences without a full stop; empty where evidence and lab agree.</summary>
    /// <param name="run">What detections came to in the lab.</param>
    public IReadOnlyCollection<string> Judge(DetectionRunResult run)
    {
        var verdicts = new Dictionary<string, IReadOnlyList<ValidationResult>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, connections) in reproduced.Nodes)
        {
            var node = Find(anonymizer?.NodeNames.GetValueOrDefault(name) ?? name);
            foreach (var connection in connections.Where(connection => connection.Call is not null))
            {
                Judge(connection, node, verdicts);
            }
        }

        foreach (var host in world.Hosts)
        {
            foreach (var call in host.Verdicts)
            {
                // A browser's word counts for the host: one node must show what it says.
                var codes = verdicts.GetValueOrDefault(host.Host, []);
                if (!codes.Any(result => call.Verdict!.Agrees(result.NodeCode)))
                {
                    _differences.Add($"{call.Place}: {call.Verdict!.Words}; no node of {host.Host} shows that in the lab ({string.Join(", ", codes.Select(result => result.NodeCode).Distinct(StringComparer.Ordinal))})");
                }
            }
        }

        foreach (var call in world.AutoDetectAnswers.Where(call => call.AutoDetectError is { } error && !run.Errors.ContainsKey(error)))
        {
            _differences.Add($"{call.Place}: AutoDetect answered {call.AutoDetectError}, which no detection in the lab ends in");
        }

        var isHealthy = run.SuccessRate >= 1 && run.Errors.Count == 0;
        if (isHealthy)
        {
            foreach (var call in reproduced.Nodes.Values.SelectMany(connections => connections).Select(connection => connection.Call).OfType<EvidenceCall>())
            {
                foreach (var answer in call.Answers.Where(IsFault))
                {
                    _differences.Add(string.Create(CultureInfo.InvariantCulture, $"{call.Place}: HTTP {answer.StatusCode} of {answer.Path.Split('?')[0]} stops AutoDetect, and the lab answers as it should"));
                }
            }
        }

        var fault = reproduced.Nodes.Values.SelectMany(connections => connections).Select(connection => connection.Call).OfType<EvidenceCall>().FirstOrDefault(IsFault);
        if (fault is not null && isHealthy && _differences.Count == 0)
        {
            _differences.Add($"{fault.Place}: the evidence shows a fault ({fault.Failure?.Code ?? fault.Verdict?.Words ?? "a client certificate is demanded"}), and every detection in the lab succeeds");
        }

        return _differences;
    }

    /// <summary>Whether an answer is none that AutoDetect can go on with.</summary>
    private static bool IsFault(ObservedAnswer answer)
    {
        if (answer.Method == "OPTIONS" || answer.Path.Contains(".xml", StringComparison.OrdinalIgnoreCase) || answer.Path.Contains(".svc", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var isAutoDiscover = answer.Path.Contains("autodiscover.json", StringComparison.OrdinalIgnoreCase);
        var reading = AnswerReading.Of(new Observation { Number = 0, Host = "", Port = 0, Answers = [answer with { Method = "GET" }] }, isAutoDiscover ? HostRole.AutoDiscover : HostRole.ActiveSync);
        return isAutoDiscover
            ? reading is { ActiveSyncUrl: null, Redirect: null }
            : reading.Fault is not null && answer.Path.Contains(ExchangePaths.ActiveSync, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsFault(EvidenceCall call) => call.Failure is not null || call.DemandsClientCertificate || call.Verdict is { Passed: false };

    private void Judge(CapturedConnection connection, NodeDefinition? node, Dictionary<string, IReadOnlyList<ValidationResult>> verdicts)
    {
        var call = connection.Call!;
        var host = connection.Host!;
        if (BalancerOf(node) is { Tls: TlsHandling.Terminate, Present: { } ended })
        {
            node = node! with { Present = ended };
        }

        if (node?.Present is not { } present)
        {
            return;
        }

        var chain = lab.Pki.Present(present);
        var name = anonymizer?.Host(host) ?? host;
        var result = lab.Validator.Validate([.. chain.Certificates.Select(certificate => certificate.Der)], lab.Anchors, name, lab.Options.TimeProvider.GetUtcNow());
        verdicts[host] = [.. verdicts.GetValueOrDefault(host, []), result];
        if (call.Verdict is { } verdict && connection.Chain.Count > 0)
        {
            if (connection.Chain.Count != chain.Certificates.Count)
            {
                _differences.Add(string.Create(CultureInfo.InvariantCulture, $"{call.Place}: {connection.Chain.Count} certificates were sent, and the lab's node sends {chain.Certificates.Count}"));
            }

            if (!verdict.Agrees(result.NodeCode))
            {
                _differences.Add($"{call.Place}: {verdict.Words}; the lab says {result.NodeCode} of {host}. {VerdictDifference.Explain(verdict, result, call, world)}");
            }
        }

        if (call.Failure is { Code: NodeErrors.ConnectionRefused or NodeErrors.ConnectionReset or NodeErrors.TimedOut or NodeErrors.ProtocolError } failure && node.Fault == TransportFault.None && node.TlsVersions.Intersect(["1.2", "1.3"], StringComparer.Ordinal).Any())
        {
            _differences.Add($"{call.Place}: {failure.Code}, which the lab's node does not show");
        }
    }

    private LoadBalancerDefinition? BalancerOf(NodeDefinition? node) => lab.Scenario.LoadBalancers.FirstOrDefault(balancer => node is not null && balancer.Nodes.Any(known => known.Name == node.Name));

    private NodeDefinition? Find(string name) => lab.Scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes).FirstOrDefault(node => node.Name == name);
}
