using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Api;

/// <summary>Describes one node: what it presents, what every client makes of it, whom it served, and what could be changed.</summary>
/// <param name="lab">The lab.</param>
/// <param name="judge">Judges chains.</param>
internal sealed class NodeReader(Lab lab, ChainJudge judge)
{
    private const int MostConnections = 50;

    /// <summary>Reads a node.</summary>
    /// <exception cref="ControlException">There is no such node.</exception>
    public async Task<NodeDocument> ReadAsync(string virtualIpName, string nodeName, CancellationToken cancellationToken)
    {
        var virtualIp = lab.Network.CustomerVirtualIps.FirstOrDefault(one => string.Equals(one.Name, virtualIpName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ControlException(StatusCodes.Status404NotFound, [$"There is no virtual IP '{virtualIpName}'."]);
        var node = virtualIp.Balancer.Find(nodeName) ?? throw new ControlException(StatusCodes.Status404NotFound, [$"{virtualIp.Name} has no node '{nodeName}'."]);
        var groups = ChainJudge.GroupsOf(virtualIp);
        ChainDocument? chain = null;
        string? host = null;
        if (groups.FirstOrDefault(group => group.Nodes.Contains(node)) is { } own)
        {
            (host, var explained) = await judge.ExplainAsync(virtualIp, groups, own, cancellationToken);
            chain = ChainDocument.From(explained, groups.Sum(group => group.Nodes.Count));
        }

        return new NodeDocument
        {
            VirtualIp = virtualIp.Name,
            Name = node.Name,
            Up = node.Up,
            Healthy = node.Healthy,
            Settings = YamlText.Write(ModelTree.Of(node.Definition!, ModelBuilder.Record(typeof(NodeDefinition)))),
            Host = host,
            Chain = chain,
            Suggestions = Suggestions(virtualIp.Balancer, node),
            Connections = [.. lab.Network.Journal.All()
                .Where(one => one.Node == node.Name && !one.IsService && string.Equals(one.VirtualIp, virtualIp.Name, StringComparison.Ordinal))
                .Reverse().Take(MostConnections).Select(LabApi.StateOf)],
        };
    }

    /// <summary>What would put the node right first, as <c>--fix all</c> tries it; then how it is taken out of service, or put back.</summary>
    private List<string> Suggestions(LoadBalancer balancer, ServedNode node)
    {
        var suggestions = ChangeCandidates.Of(lab.Scenario, ExampleAddress.Of(lab.Scenario))
            .Where(candidate => candidate.Nodes.Contains(node.Name, StringComparer.OrdinalIgnoreCase))
            .SelectMany(candidate => candidate.Nodes.Count == 1 ? [candidate.Change] : (string[])[$"{balancer.Name}/{node.Name}: {candidate.Body}", candidate.Change])
            .ToList();
        suggestions.Add($"{balancer.Name}/{node.Name}: up {(node.Up ? "false" : "true")}");
        return [.. suggestions.Distinct(StringComparer.Ordinal)];
    }
}
