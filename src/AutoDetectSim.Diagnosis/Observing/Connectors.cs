using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>The connectors of a lab's nodes to partners that require a client certificate, as those partners judge them.</summary>
internal static class Connectors
{
    /// <summary>The differences from what a scenario expects, in words; empty where there are none.</summary>
    public static IReadOnlyList<string> Compare(Lab lab, IReadOnlyDictionary<string, ClientPasses> expected)
    {
        var differences = new List<string>();
        foreach (var (name, wanted) in expected)
        {
            var results = lab.Scenario.LoadBalancers
                .Where(balancer => balancer.Connectors.Contains(name, StringComparer.Ordinal))
                .SelectMany(balancer => balancer.Nodes.Where(node => node.Up).Select(node => Judge(lab, node)))
                .ToList();
            var accepted = results.Count(result => result.Accepted);
            var passes = accepted == 0 ? ClientPasses.Never : accepted == results.Count ? ClientPasses.Always : ClientPasses.Sometimes;
            if (passes != wanted)
            {
                var codes = string.Join(", ", results.Select(result => result.NodeCode).Distinct(StringComparer.Ordinal));
                differences.Add($"connectors: expected the partner of {name} to accept the nodes {CamelCase<ClientPasses>.Of(wanted)}, but it accepts them {CamelCase<ClientPasses>.Of(passes)} ({codes})");
            }
        }

        return differences;
    }

    /// <summary>The connectors whose nodes serve a host.</summary>
    public static IReadOnlyList<string> Of(Lab lab, string host) =>
        [.. lab.Scenario.LoadBalancers.Where(balancer => balancer.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)).SelectMany(balancer => balancer.Connectors)];

    private static ValidationResult Judge(Lab lab, NodeDefinition node)
    {
        var sent = lab.Pki.Present((node.Smtp?.Present ?? node.Present)!).Certificates.Select(certificate => certificate.Der).ToList();
        return new StrictPathValidator(lab.Validator.Version, CertificatePurpose.Client).Validate(sent, lab.Anchors, host: null, lab.Options.TimeProvider.GetUtcNow());
    }
}
