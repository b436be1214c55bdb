using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Forms, ranges and references of single values of a scenario.</summary>
internal sealed class ScalarRules
{
    private readonly ProblemSink _problems;
    private readonly PkiRules _pki;
    private readonly Dictionary<string, LoadBalancerDefinition> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string Noun, IReadOnlyCollection<string> Names)> _references;

    public ScalarRules(Scenario scenario, PkiRules pki, ProblemSink problems)
    {
        _problems = problems;
        _pki = pki;
        foreach (var balancer in scenario.LoadBalancers)
        {
            foreach (var host in balancer.Hosts)
            {
                _hosts.TryAdd(host, balancer);
            }
        }

        var authorities = Names(scenario.Authorities.Select(part => part.Name));
        var certificates = Names(scenario.Certificates.Select(part => part.Name));
        _references = new(StringComparer.Ordinal)
        {
            [ScalarSyntax.AuthorityReference] = ("authority", authorities),
            [ScalarSyntax.CertificateReference] = ("certificate", certificates),
            [ScalarSyntax.PresentedReference] = ("certificate or authority", Names(certificates.Concat(authorities))),
            [ScalarSyntax.OrganizationReference] = ("organization", Names(scenario.Organizations.Select(part => part.Name))),
            [ScalarSyntax.LoadBalancerReference] = ("load balancer", Names(scenario.LoadBalancers.Select(part => part.Name))),
            [ScalarSyntax.NodeReference] = ("node", Names(scenario.LoadBalancers.SelectMany(part => part.Nodes).Select(part => part.Name))),
        };
    }

    public void Check(Visited visited)
    {
        var text = visited.Value as string;
        if (text is { Length: > 0 } && visited.Model.Syntax is { } syntax && _references.TryGetValue(syntax, out var reference))
        {
            CheckReference(text, visited, reference.Noun, reference.Names);
            return;
        }

        ScalarForms.Check(visited, ScenarioForms.All, _problems);
        if (visited.Model.Syntax is ScalarSyntax.Url && text is not null && ScenarioForms.All.Find(ScalarSyntax.Url)!.IsValid(text))
        {
            AddressRules.CheckUrl(text, visited.Path, visited.Key, _hosts, _problems);
        }
    }

    private void CheckReference(string text, Visited visited, string noun, IReadOnlyCollection<string> names)
    {
        if (names.Contains(text, StringComparer.Ordinal) || (visited.Model.Syntax is ScalarSyntax.PresentedReference && _pki.CanPresent(text)))
        {
            return;
        }

        var nearest = _problems.Nearest(text, names);
        var help = nearest is not null ? $"; did you mean `{nearest}`?" : names.Count == 0 ? "; the scenario has none" : $"; choose from {Some(names)}";
        _problems.AddFinalAt(visited.Path, $"`{visited.Key}`: the scenario has no {noun} `{ScalarReader.Shown(text)}`{help}", text, nearest);
    }

    private static string Some(IReadOnlyCollection<string> names) =>
        names.Count <= 8 ? string.Join(", ", names) : string.Join(", ", names.Take(7)) + $" and {names.Count - 7} more";

    private static HashSet<string> Names(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);
}
