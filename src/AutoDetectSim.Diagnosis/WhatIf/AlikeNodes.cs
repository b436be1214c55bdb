using System.Text.Json;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>
/// The nodes of a scenario by their settings. Nodes behind one load balancer that differ in nothing but the name behave alike: what
/// helps one of them helps all, so a search needs no more than a few of each kind.
/// </summary>
internal sealed class AlikeNodes
{
    /// <summary>Nodes of each kind that stay: two, because some faults show only where connections meet different nodes.</summary>
    private const int Kept = 2;

    private readonly Dictionary<(string Balancer, string Node), IReadOnlyList<string>> _alike;

    private AlikeNodes(Scenario representatives, bool areFewer, Dictionary<(string, string), IReadOnlyList<string>> alike)
    {
        Representatives = representatives;
        AreFewer = areFewer;
        _alike = alike;
    }

    /// <summary>The scenario with no more than two nodes of each kind.</summary>
    public Scenario Representatives { get; }

    /// <summary>Whether <see cref="Representatives"/> has fewer nodes than the scenario.</summary>
    public bool AreFewer { get; }

    /// <summary>Sorts the nodes of a scenario whose defaults are filled in.</summary>
    public static AlikeNodes Of(Scenario scenario)
    {
        var alike = new Dictionary<(string, string), IReadOnlyList<string>>();
        var others = JsonSerializer.Serialize(scenario with { LoadBalancers = [], Expect = [], Fault = null });
        var balancers = new List<LoadBalancerDefinition>();
        foreach (var balancer in scenario.LoadBalancers)
        {
            var kept = new HashSet<string>(StringComparer.Ordinal);
            foreach (var kind in balancer.Nodes.GroupBy(node => KindOf(node, others), StringComparer.Ordinal))
            {
                IReadOnlyList<string> names = [.. kind.Select(node => node.Name)];
                foreach (var name in names)
                {
                    alike[(balancer.Name, name)] = names;
                }

                kept.UnionWith(names.Take(Kept));
            }

            balancers.Add(kept.Count == balancer.Nodes.Count ? balancer : balancer with
            {
                Nodes = [.. balancer.Nodes.Where(node => kept.Contains(node.Name))],
                Sequence = [.. balancer.Sequence.Where(kept.Contains)],
            });
        }

        var areFewer = balancers.Zip(scenario.LoadBalancers).Any(pair => pair.First.Nodes.Count < pair.Second.Nodes.Count);
        return new AlikeNodes(areFewer ? scenario with { LoadBalancers = balancers } : scenario, areFewer, alike);
    }

    /// <summary>A change to some nodes as a change to all nodes like them.</summary>
    public ChangeCandidate ForAll(ChangeCandidate candidate)
    {
        var balancer = candidate.Part[(candidate.Part.LastIndexOf('/') + 1)..];
        return candidate with
        {
            Nodes = [.. candidate.Nodes.SelectMany(node => _alike.GetValueOrDefault((balancer, node)) ?? [node]).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)],
        };
    }

    // A node that another part of the scenario speaks of is like no other.
    private static string KindOf(NodeDefinition node, string others) =>
        others.Contains($"\"{node.Name}\"", StringComparison.OrdinalIgnoreCase) ? node.Name : JsonSerializer.Serialize(node with { Name = string.Empty, InternalAddress = null });
}
