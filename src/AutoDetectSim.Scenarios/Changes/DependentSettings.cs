using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>
/// Settings that have an effect only together with others. When a change removes what they need, they are removed too: a node without a
/// fault has no `faultShare`. A setting that the change itself makes is kept, and reported as having no effect.
/// </summary>
internal static class DependentSettings
{
    private static readonly LoadBalancerDefinition PlainBalancer = new() { Name = "", Hosts = [], Nodes = [] };
    private static readonly NodeDefinition PlainNode = new() { Name = "" };

    /// <summary>The scenario without settings that no longer have an effect.</summary>
    /// <param name="after">The scenario with the change.</param>
    /// <param name="before">The scenario without it.</param>
    public static Scenario Drop(Scenario after, Scenario before)
    {
        var balancers = before.LoadBalancers.ToDictionary(balancer => balancer.Name, StringComparer.OrdinalIgnoreCase);
        return after with { LoadBalancers = [.. after.LoadBalancers.Select(balancer => Drop(balancer, balancers.GetValueOrDefault(balancer.Name) ?? PlainBalancer))] };
    }

    private static LoadBalancerDefinition Drop(LoadBalancerDefinition after, LoadBalancerDefinition before)
    {
        var terminates = after.Tls == TlsHandling.Terminate;
        var isFiltered = after.AllowFrom.Count > 0 || after.DenyFrom.Count > 0;
        var nodes = before.Nodes.ToDictionary(node => node.Name, StringComparer.OrdinalIgnoreCase);
        return after with
        {
            Present = terminates ? after.Present : null,
            BackEnd = Kept(terminates, after.BackEnd, before.BackEnd, PlainBalancer.BackEnd),
            PreAuthentication = Kept(terminates, after.PreAuthentication, before.PreAuthentication, PlainBalancer.PreAuthentication),
            Challenges = Kept(terminates, after.Challenges, before.Challenges, PlainBalancer.Challenges),
            Sequence = after.Algorithm == BalancingAlgorithm.Sequence || !after.Sequence.SequenceEqual(before.Sequence, StringComparer.Ordinal) ? after.Sequence : [],
            HttpRedirectUrl = Kept(after.Http == PlainHttpPort.Redirect, after.HttpRedirectUrl, before.HttpRedirectUrl, null),
            Ipv6 = Kept(after.Ipv6Address is not null, after.Ipv6, before.Ipv6, PlainBalancer.Ipv6),
            Blocked = Kept(isFiltered, after.Blocked, before.Blocked, PlainBalancer.Blocked),
            FaultShare = Kept(after.Fault != TransportFault.None, after.FaultShare, before.FaultShare, null),
            Alert = Kept(after.Fault == TransportFault.Alert, after.Alert, before.Alert, null),
            HelloLimit = Kept(after.Fault == TransportFault.ResetLargeHello, after.HelloLimit, before.HelloLimit, null),
            Nodes = [.. after.Nodes.Select(node => Drop(node, nodes.GetValueOrDefault(node.Name) ?? PlainNode, after))],
        };
    }

    private static NodeDefinition Drop(NodeDefinition after, NodeDefinition before, LoadBalancerDefinition balancer)
    {
        var present = balancer.Tls == TlsHandling.Terminate ? null : after.Present;
        var usesStore = present is { Names: null, Shape: ChainShape.Complete };
        return after with
        {
            Present = present,
            IntermediateStore = usesStore || !Same(after.IntermediateStore, before.IntermediateStore) ? after.IntermediateStore : null,
            Weight = Kept(balancer.Algorithm == BalancingAlgorithm.Weighted, after.Weight, before.Weight, PlainNode.Weight),
            FaultShare = Kept(after.Fault != TransportFault.None, after.FaultShare, before.FaultShare, null),
            Alert = Kept(after.Fault == TransportFault.Alert, after.Alert, before.Alert, null),
            HelloLimit = Kept(after.Fault == TransportFault.ResetLargeHello, after.HelloLimit, before.HelloLimit, null),
            Imap = Kept(balancer.Mail.Contains(MailProtocol.Imap), after.Imap, before.Imap, null),
            Pop3 = Kept(balancer.Mail.Contains(MailProtocol.Pop3), after.Pop3, before.Pop3, null),
            Smtp = Kept(balancer.Mail.Contains(MailProtocol.Smtp), after.Smtp, before.Smtp, null),
        };
    }

    private static T Kept<T>(bool counts, T after, T before, T plain) => counts || !EqualityComparer<T>.Default.Equals(after, before) ? after : plain;

    private static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other, StringComparer.Ordinal);
}
