using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;

namespace AutoDetectSim.Web.Api;

/// <summary>Judges what the nodes of a lab present, as <c>check</c> does, without connecting: no turn of a load balancer is used up.</summary>
/// <param name="lab">The lab.</param>
internal sealed class ChainJudge(Lab lab)
{
    /// <summary>How many different chains of a virtual IP a client in daily use has met.</summary>
    private const int MostMet = 50;

    /// <summary>The different chains of a virtual IP, most frequent first.</summary>
    public static IReadOnlyList<PresentedGroup> GroupsOf(VirtualIp virtualIp) => !virtualIp.UsesTls ? [] :
    [
        .. virtualIp.Balancer.Nodes
            .Where(node => node.Identity is not null)
            .Select(node => (Node: node, Chain: node.Identity!.Presented()))
            .GroupBy(one => one.Chain, ReferenceEqualityComparer.Instance)
            .Select(group => (Certificates: group.First().Chain.Certificates, Nodes: group.Select(one => one.Node)))
            .GroupBy(one => ChainFingerprint.Of([.. one.Certificates.Select(certificate => certificate.Der)]), StringComparer.Ordinal)
            .Select(group => (Fingerprint: group.Key, group.First().Certificates, Nodes: group.SelectMany(one => one.Nodes).ToList()))
            .OrderByDescending(group => group.Nodes.Count)
            .Select((group, index) => new PresentedGroup(ChainGroup.LabelOf(index), group.Fingerprint, [.. group.Certificates.Select(certificate => certificate.Name)], [.. group.Certificates.Select(certificate => certificate.Der)], group.Nodes)),
    ];

    /// <summary>What one client in daily use says of each chain of a virtual IP; of the hosts, the first at which it does not accept it.</summary>
    public async Task<IReadOnlyList<(string Host, ClientVerdict Verdict)>> JudgeAsync(VirtualIp virtualIp, IReadOnlyList<PresentedGroup> groups, ClientProfile profile, CancellationToken cancellationToken)
    {
        var verdicts = new (string Host, ClientVerdict Verdict)[groups.Count];
        foreach (var host in virtualIp.Hosts)
        {
            var client = await InUseAsync(profile, host, groups, cancellationToken);
            for (var index = 0; index < groups.Count; index++)
            {
                if (verdicts[index].Verdict is null || verdicts[index].Verdict.Accepted)
                {
                    var verdict = await client.JudgeAsync(groups[index].Presented, host, Now, cancellationToken);
                    verdicts[index] = verdicts[index].Verdict is null || !verdict.Accepted ? (host, verdict) : verdicts[index];
                }
            }
        }

        return verdicts;
    }

    /// <summary>One chain with every client's verdict; of the hosts, the first at which a strict client does not accept it.</summary>
    public async Task<(string Host, ChainGroup Chain)> ExplainAsync(VirtualIp virtualIp, IReadOnlyList<PresentedGroup> groups, PresentedGroup group, CancellationToken cancellationToken)
    {
        var host = virtualIp.Hosts.FirstOrDefault(one => !lab.Validator.Validate(group.Presented, lab.Anchors, one, Now).Accepted) ?? virtualIp.Hosts[0];
        var strict = lab.Validator.Validate(group.Presented, lab.Anchors, host, Now);
        var known = groups.Take(MostMet).SelectMany(other => other.Presented.Skip(1)).ToList();
        var clients = new List<ClientGroupVerdict>();
        foreach (var profile in KnownClients.All)
        {
            var inUse = await InUseAsync(profile, host, groups, cancellationToken);
            clients.Add(new ClientGroupVerdict(
                profile,
                await inUse.JudgeAsync(group.Presented, host, Now, cancellationToken),
                await LabClients.New(lab, profile).JudgeAsync(group.Presented, host, Now, cancellationToken)));
        }

        return (host, new ChainGroup
        {
            Label = group.Label,
            Fingerprint = group.Fingerprint,
            Presented = group.Presented,
            Attempts = group.Nodes.Count,
            Share = ConfidenceInterval.Wilson(group.Nodes.Count, groups.Sum(one => one.Nodes.Count)),
            Strict = strict,
            Faults = ChainFaults.Find(strict, group.Presented, ChainCompletions.Find(lab.Validator, lab.Anchors, strict, group.Presented, known, Now)),
            Remarks = ChainFaults.Remarks(strict, group.Presented),
            Nodes = [.. group.Nodes.Select(node => node.Name)],
            Clients = clients,
        });
    }

    private DateTimeOffset Now => lab.Options.TimeProvider.GetUtcNow();

    private async Task<ClientEmulator> InUseAsync(ClientProfile profile, string host, IReadOnlyList<PresentedGroup> groups, CancellationToken cancellationToken)
    {
        var client = LabClients.New(lab, profile);
        if (profile.KeepsIntermediates)
        {
            foreach (var group in groups.Take(MostMet))
            {
                await client.JudgeAsync(group.Presented, host, Now, cancellationToken);
            }
        }

        return client;
    }
}

/// <summary>Nodes of a virtual IP that present the same chain.</summary>
/// <param name="Label">A letter: A for the most frequent chain.</param>
/// <param name="Fingerprint">SHA-256 over the chain.</param>
/// <param name="Names">The names of the certificates in wire order.</param>
/// <param name="Presented">The certificates in wire order, DER.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record PresentedGroup(string Label, string Fingerprint, IReadOnlyList<string> Names, IReadOnlyList<ReadOnlyMemory<byte>> Presented, IReadOnlyList<ServedNode> Nodes);
