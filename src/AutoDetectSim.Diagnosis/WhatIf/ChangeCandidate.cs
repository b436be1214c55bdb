using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>A change that may put something right.</summary>
/// <param name="Part">The part that it is about; the load balancer, for nodes.</param>
/// <param name="Nodes">The nodes that it is about; none for another part.</param>
/// <param name="Body">Their new settings.</param>
/// <param name="Effort">How much it asks of the people there: of two that do the same, the one with less is named.</param>
internal sealed record ChangeCandidate(string Part, IReadOnlyList<string> Nodes, string Body, Effort Effort)
{
    /// <summary>The change in a line, as <see cref="ScenarioChange"/> reads it.</summary>
    public string Change => Nodes.Count == 0 ? $"{Part}: {Body}" : $"{Part}/{NodeRanges.Shown(Nodes)}: {Body}";
}

/// <summary>What a change asks of people.</summary>
internal enum Effort
{
    /// <summary>A setting where the fault stands.</summary>
    Setting,

    /// <summary>Something new: another certificate, a renewal, an update.</summary>
    Renewal,

    /// <summary>A change to how the whole place works.</summary>
    Rebuilding,

    /// <summary>Something that others than the customer have to do.</summary>
    Others,
}
