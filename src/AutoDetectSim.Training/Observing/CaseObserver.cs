using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Hosting;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Training.Observing;

/// <summary>Observes a lab: detections through the front door, and the chain of every node.</summary>
/// <param name="lab">The lab.</param>
/// <param name="addresses">The addresses that are detected.</param>
internal sealed class CaseObserver(Lab lab, IReadOnlyList<EmailAddress> addresses)
{
    private const int FewAttempts = 6;
    private const string NoHandshake = "no handshake";

    private readonly PresentedChainReader _reader = new(lab.Network, lab.Options.TimeProvider);

    /// <summary>Told how many detections are about to be made.</summary>
    public Action<int>? Announce { get; init; }

    /// <summary>Observes every address, every presented chain and the nodes in service.</summary>
    /// <param name="thorough">Whether so many detections are made that everything that can go wrong is met; else a few.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<LabObservation> ObserveAsync(bool thorough, CancellationToken cancellationToken)
    {
        var attempts = thorough ? DetectionsNeeded.For(lab.Scenario) : FewAttempts;
        var seen = new List<AddressObservation>();
        foreach (var address in addresses)
        {
            seen.Add(await DetectAsync(address, attempts, cancellationToken));
        }

        return new LabObservation { Addresses = seen, Chains = await ReadChainsAsync(cancellationToken), NodesInService = NodesInService() };
    }

    private async Task<AddressObservation> DetectAsync(EmailAddress address, int attempts, CancellationToken cancellationToken)
    {
        using var observer = new LabObserver(lab);
        var tally = new OutcomeTally(address);
        Announce?.Invoke(attempts);
        await observer.DetectAsync(address.Text, attempts, cancellationToken, query: null, tally.Add);
        var observation = tally.ToObservation();
        var isSettled = observation.Outcomes.Count == 1 && observer.IsProvisioned(address);
        return isSettled ? observation with { Provisioning = await observer.ProvisionAsync(address, attempts, cancellationToken) } : observation;
    }

    private async Task<Dictionary<string, string>> ReadChainsAsync(CancellationToken cancellationToken)
    {
        var chains = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var known = new Dictionary<TlsServerSettings, IReadOnlyList<ReadOnlyMemory<byte>>?>(ReferenceEqualityComparer.Instance);
        foreach (var virtualIp in lab.Network.CustomerVirtualIps.Where(virtualIp => virtualIp.IsHttps))
        {
            foreach (var node in virtualIp.Balancer.Nodes.Where(node => node.Identity is not null))
            {
                var settings = node.Identity!.Settings();
                if (!known.TryGetValue(settings, out var presented))
                {
                    known[settings] = presented = await TryReadAsync(virtualIp, node, settings, cancellationToken);
                }

                foreach (var host in HostsOf(virtualIp))
                {
                    chains[$"{node.Name} {host}"] = presented is null ? NoHandshake : Judge(presented, host);
                }
            }
        }

        return chains;
    }

    /// <summary>The hosts of a virtual IP, and the names that records of the scenario lead to it.</summary>
    private IEnumerable<string> HostsOf(VirtualIp virtualIp) =>
        virtualIp.Hosts.Concat(lab.Scenario.Dns.Keys.Where(name => lab.Network.Zone.Resolve(name).Addresses.Contains(virtualIp.Address)))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> TryReadAsync(VirtualIp virtualIp, ServedNode node, TlsServerSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(virtualIp, node, settings, cancellationToken);
        }
        catch (TlsHandshakeException)
        {
            return null;
        }
    }

    private string Judge(IReadOnlyList<ReadOnlyMemory<byte>> presented, string host)
    {
        var verdict = lab.Validator.Validate(presented, lab.Anchors, host, lab.Options.TimeProvider.GetUtcNow());
        return verdict.Accepted ? NodeErrors.Ok : verdict.NodeCode;
    }

    private HashSet<string> NodesInService() =>
        lab.Network.CustomerVirtualIps.SelectMany(virtualIp => NodeShares.Of(virtualIp.Balancer).Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts outcomes. Safe for use by several threads.</summary>
    private sealed class OutcomeTally(EmailAddress address)
    {
        private readonly Lock _gate = new();
        private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, SortedDictionary<string, int>> _byNode = new(StringComparer.OrdinalIgnoreCase);
        private int _attempts;
        private long _reach;

        public void Add(DetectionAttempt attempt)
        {
            var exchanges = attempt.Detection?.Steps.Select(step => step.Exchange).OfType<LabHttpExchange>() ?? [];
            lock (_gate)
            {
                _attempts++;
                Count(_outcomes, attempt.Outcome);
                _reach += exchanges.GroupBy(exchange => exchange.Request.Uri.Host, StringComparer.OrdinalIgnoreCase).Sum(host => host.Max(StagesPassed));
                foreach (var node in attempt.Nodes.Keys)
                {
                    if (!_byNode.TryGetValue(node, out var counts))
                    {
                        _byNode[node] = counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
                    }

                    Count(counts, attempt.Outcome);
                }
            }
        }

        public AddressObservation ToObservation() => new()
        {
            Address = address.Text,
            Attempts = _attempts,
            Outcomes = _outcomes,
            OutcomesByNode = _byNode.ToDictionary(node => node.Key, node => (IReadOnlyDictionary<string, int>)node.Value, StringComparer.OrdinalIgnoreCase),
            Reach = (double)_reach / Math.Max(1, _attempts),
        };

        private static int StagesPassed(LabHttpExchange exchange) =>
            exchange.Response is { } response ? response.StatusCode is (>= 200 and < 400) or 401 ? 6 : 5
            : exchange.Connection switch
            {
                { Validation.Accepted: true } => 4,
                { Presented.Count: > 0 } => 3,
                { Node: not null } => 2,

                // An address at which nobody answers is no nearer than none.
                _ => 0,
            };

        private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
