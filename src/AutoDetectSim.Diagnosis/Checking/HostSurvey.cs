using System.Net;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>Makes as many connections to one host as it takes, and finds out whether its balancer is sticky.</summary>
internal sealed class HostSurvey(HostProbe probe, CheckRequest request, bool canClaimSources, IProgress<int>? progress)
{
    /// <summary>Connections that are made at least when nobody says how many.</summary>
    internal const int FewestAttempts = 20;

    /// <summary>Connections without any certificate after which a host counts as unreachable when nobody says how many to make.</summary>
    private const int HopelessAttempts = 5;

    /// <summary>Connections that run out of time before anything comes, after which waiting for more is in vain when nobody says how many to make.</summary>
    private const int HopelessWaits = 2;

    /// <summary>Other source addresses that are tried before one node counts as the only one.</summary>
    private const int OtherSources = 12;

    /// <summary>How often the sum is done while it is open how many connections are needed.</summary>
    internal const int Step = 5;

    /// <summary>Whether a survey that is canceled returns the connections so far, if there are any.</summary>
    public bool KeepsPartial { get; init; }

    /// <summary>The connections whose shares count, and how they were dealt out.</summary>
    public async Task<(IReadOnlyList<Observation> Observations, BalancingFinding Balancing)> RunAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var first = request.Sources.Count > 0 ? request.Sources[0] : null;
        var observations = new List<Observation>();
        while (!IsEnough(observations) && !IsHalfOnOneNode(observations))
        {
            try
            {
                observations.Add(await probe.ObserveAsync(observations.Count + 1, target, first, cancellationToken));
            }
            catch (OperationCanceledException) when (KeepsPartial && observations.Count > 0 && cancellationToken.IsCancellationRequested)
            {
                return (observations, new BalancingFinding { Pattern = BalancingPattern.OneNodeFromOneSource });
            }

            progress?.Report(observations.Count);
        }

        var nodes = Nodes(observations);
        if (nodes.Distinct(StringComparer.Ordinal).Count() != 1 || nodes.Count < observations.Count)
        {
            return (observations, new BalancingFinding { Pattern = BalancingPattern.Mixed });
        }

        var others = request.Sources.Count > 1 ? request.Sources.Skip(1) : canClaimSources ? MadeUpSources() : [];
        return await LookFromElsewhereAsync(target, observations, nodes[0], [.. others], cancellationToken);
    }

    private async Task<(IReadOnlyList<Observation>, BalancingFinding)> LookFromElsewhereAsync(
        ProbeTarget target,
        List<Observation> observations,
        string node,
        IReadOnlyList<IPAddress> sources,
        CancellationToken cancellationToken)
    {
        if (sources.Count == 0)
        {
            return (observations, new BalancingFinding { Pattern = BalancingPattern.OneNodeFromOneSource });
        }

        var own = request.Sources is [var first, ..] ? first : null;

        // With a fixed number of connections, those from made-up sources are among them.
        var made = observations.Count;
        var budget = request is { Attempts: { } attempts, Sources.Count: <= 1 } ? attempts : int.MaxValue;
        async Task<Observation> ObserveAsync(IPAddress? source)
        {
            var observation = await probe.ObserveAsync(++made, target, source, cancellationToken);
            progress?.Report(made);
            return observation;
        }

        StickinessTrial? trial = null;

        // A firewall may let only some sources in: those that get no certificate say nothing about the balancer.
        var others = new List<Observation>();
        while (others.Count < sources.Count && made < budget && (others.Count < OtherSources || !IsEnough(Reached(others))))
        {
            if (others.Count >= OtherSources && Nodes(others).All(other => string.Equals(other, node, StringComparison.Ordinal)))
            {
                break;
            }

            others.Add(await ObserveAsync(sources[others.Count]));
            if (trial is null && NodeFingerprint.Of(others[^1])?.Name is { } other && other != node)
            {
                trial = new StickinessTrial(node, own, other, others[^1].Source);
                while (!trial.IsDecided && made < budget)
                {
                    trial.Add(await ObserveAsync(trial.Next));
                }

                if (!trial.IsSticky)
                {
                    break;
                }
            }

            if (budget < int.MaxValue && others[^1].Presented.Count == 0)
            {
                break;
            }
        }

        var reached = Reached(others);
        if (reached.Count == 0)
        {
            while (budget < int.MaxValue && made < budget)
            {
                observations.Add(await ObserveAsync(own));
            }

            return (observations, new BalancingFinding { Pattern = BalancingPattern.OneNodeFromOneSource });
        }

        if (trial is null)
        {
            return ([.. observations, .. reached], new BalancingFinding { Pattern = BalancingPattern.OneNode });
        }

        if (!trial.IsSticky)
        {
            // Where the source address does not matter, every connection counts.
            var all = new List<Observation>([.. observations, .. reached, .. Reached(trial.Observations)]);
            while (!IsEnough(all) && made < budget)
            {
                all.Add(await ObserveAsync(own));
            }

            return (all, new BalancingFinding { Pattern = BalancingPattern.Mixed });
        }

        // One connection per source: more from the same one would count the same draw again.
        var draws = request.Sources.Count > 1 && request.Sources.Count < OtherSources ? [.. observations, .. reached] : new List<Observation>([observations[0], .. reached]);
        var bySource = draws.Where(draw => NodeFingerprint.Of(draw) is not null)
            .GroupBy(draw => draw.Source?.ToString() ?? "this computer", StringComparer.Ordinal)
            .Select(group => new SourceNodes(group.Key, [.. group.Select(draw => NodeFingerprint.Of(draw)!.Name).Distinct(StringComparer.Ordinal)]))
            .ToList();
        return (draws, new BalancingFinding { Pattern = BalancingPattern.BySource, Sources = bySource });
    }

    /// <summary>Whether half of a fixed number of connections met one node, so that the others are better made from elsewhere.</summary>
    private bool IsHalfOnOneNode(List<Observation> observations) =>
        request is { Attempts: { } attempts, Sources.Count: <= 1 } && canClaimSources && observations.Count < attempts && observations.Count >= attempts - (attempts / 2)
        && Nodes(observations) is var nodes && nodes.Count == observations.Count && nodes.Distinct(StringComparer.Ordinal).Count() == 1;

    private bool IsEnough(List<Observation> observations)
    {
        var made = observations.Count;
        if (request.Attempts is { } attempts)
        {
            return made >= attempts;
        }

        if (made >= request.MaximumAttempts || IsHopeless(observations))
        {
            return true;
        }

        if (made < FewestAttempts || made % Step != 0)
        {
            return false;
        }

        // Servers without a name are asked more often only where they answer: each silent one costs the whole time-out.
        var met = observations.Select(NodeFingerprint.Of).OfType<NodeFingerprint>().ToList();
        return (observations.All(observation => observation.Error is null && observation.AnswerError is null)
            ? NodeFingerprint.Sufficiency(met)
            : ProbeSufficiency.From([.. met.Select(node => node.Name)])).MayStop;
    }

    private static bool IsHopeless(List<Observation> observations) =>
        (observations.Count >= HopelessAttempts && observations.All(observation => observation.Presented.Count == 0))
        || (observations.Count >= HopelessWaits && observations.All(observation => observation is { Presented.Count: 0, Error.Code: NodeErrors.TimedOut }));

    private static List<Observation> Reached(IReadOnlyList<Observation> observations) => [.. observations.Where(observation => observation.Presented.Count > 0)];

    private static List<string> Nodes(IEnumerable<Observation> observations) =>
        [.. observations.Select(NodeFingerprint.Of).OfType<NodeFingerprint>().Select(node => node.Name)];

    /// <summary>Addresses of 198.18.0.0/15, which are set aside for tests (RFC 2544), spread so that hashes of them differ.</summary>
    private IEnumerable<IPAddress> MadeUpSources()
    {
        var count = Math.Max(OtherSources, request.Attempts ?? request.MaximumAttempts);
        for (var index = 1; index <= count; index++)
        {
            var host = (uint)((index * 40503) & 0x1FFFF);
            yield return new IPAddress([198, (byte)(18 + (host >> 16)), (byte)(host >> 8), (byte)host]);
        }
    }
}
