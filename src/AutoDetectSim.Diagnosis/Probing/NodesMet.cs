using AutoDetectSim.AutoDetect;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>The customer's nodes that one detection met, and what each did: a failure belongs to the node at which it happened, not to those that were met before or after.</summary>
internal sealed record NodesMet
{
    /// <summary>No node.</summary>
    public static NodesMet None { get; } = new();

    /// <summary>The nodes, each once, in order, with the code of what failed there first, or null.</summary>
    public IReadOnlyDictionary<string, string?> Codes { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The nodes at which something failed.</summary>
    public IReadOnlySet<string> AtFault { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The node that gave the answer of the detection, or null.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The load balancer of each node.</summary>
    public IReadOnlyDictionary<string, string> Balancers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the steps of a detection.</summary>
    /// <param name="detection">The detection, or null when the lab is not in this process.</param>
    /// <param name="balancers">The names of the customer's load balancers.</param>
    public static NodesMet Of(Detection? detection, IReadOnlySet<string> balancers)
    {
        if (detection is null)
        {
            return None;
        }

        var codes = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var places = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var atFault = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string? answeredBy = null;
        string? silent = null;
        var hasFailed = false;
        foreach (var step in detection.Steps)
        {
            var isFailure = step.Result == StepResult.Failed || step.Code is not null;
            hasFailed |= isFailure;
            if (step.Exchange?.Connection is not { Node: { } node, LoadBalancer: { } balancer } || !balancers.Contains(balancer))
            {
                continue;
            }

            places[node] = balancer;
            codes[node] = codes.GetValueOrDefault(node) ?? step.Code;
            if (isFailure)
            {
                atFault.Add(node);
            }

            answeredBy = step.Result == StepResult.Found ? node : answeredBy;
            silent = step.Result == StepResult.Nothing ? node : silent;
        }

        // A detection that ends with nothing although no step failed ends where the last node had nothing to say.
        if (!detection.Succeeded && !hasFailed && silent is not null)
        {
            atFault.Add(silent);
        }

        return new NodesMet { Codes = codes, AtFault = atFault, AnsweredBy = answeredBy, Balancers = places };
    }
}
