using System.Globalization;
using AutoDetectSim.Scenarios.Binding;
using AutoDetectSim.Scenarios.Model;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Forms, ranges and references of single values.</summary>
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
        switch (visited.Value)
        {
            case string text:
                CheckText(text, visited);
                break;
            case int or long or double:
                CheckRange(Convert.ToDouble(visited.Value, CultureInfo.InvariantCulture), visited);
                break;
            case TimeSpan duration:
                CheckRange(duration.TotalSeconds, visited);
                break;
            case Enum choice when visited.Model.Choices.All(known => !known.Value.Equals(choice)):
                _problems.AddFinalAt(visited.Path, $"`{visited.Key}` is {choice}, expected {visited.Model.Words}", choice.ToString(), visited.Model.Words);
                break;
        }
    }

    private void CheckText(string text, Visited visited)
    {
        if (text.Length == 0)
        {
            // Empty says "not set" where a setting may be left out.
            if (!visited.Optional)
            {
                _problems.AddFinalAt(visited.Path, $"`{visited.Key}` is empty");
            }

            return;
        }

        var syntax = visited.Model.Syntax;
        if (syntax is not null && _references.TryGetValue(syntax, out var reference))
        {
            CheckReference(text, visited, reference.Noun, reference.Names);
            return;
        }

        if (TextForms.Find(syntax) is not { } form)
        {
            return;
        }

        if (form.IsValid(text))
        {
            if (syntax is ScalarSyntax.Url)
            {
                AddressRules.CheckUrl(text, visited.Path, visited.Key, _hosts, _problems);
            }

            return;
        }

        var shown = ScalarReader.Shown(text);
        if (form.Known is { } known)
        {
            var nearest = _problems.Nearest(text, known);
            _problems.AddFinalAt(
                visited.Path,
                nearest is null ? $"`{shown}` in `{visited.Key}` is not {form.Words}" : $"`{visited.Key}` knows no `{shown}`; did you mean `{nearest}`?",
                text,
                nearest ?? form.Words);
        }
        else
        {
            _problems.AddFinalAt(visited.Path, $"`{visited.Key}`: `{shown}` is not {form.Words}", text, form.Words);
        }
    }

    private void CheckReference(string text, Visited visited, string noun, IReadOnlyCollection<string> names)
    {
        if (names.Contains(text, StringComparer.Ordinal) || (visited.Model.Syntax is ScalarSyntax.PresentedReference && _pki.CanPresent(text)))
        {
            return;
        }

        var nearest = _problems.Nearest(text, names);
        var help = nearest is not null ? $"; did you mean `{nearest}`?" : names.Count == 0 ? "; it has none" : $"; it has {Some(names)}";
        _problems.AddFinalAt(visited.Path, $"`{visited.Key}`: the scenario has no {noun} `{ScalarReader.Shown(text)}`{help}", text, nearest);
    }

    private void CheckRange(double number, Visited visited)
    {
        var (least, most) = (visited.Model.Minimum, visited.Model.Maximum);
        if (number < least || number > most)
        {
            var value = Convert.ToString(visited.Value, CultureInfo.InvariantCulture);
            var range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
            _problems.AddFinalAt(visited.Path, $"`{visited.Key}` is {value}, and it must be {range}", value, range);
        }
    }

    private static string Some(IReadOnlyCollection<string> names) =>
        names.Count <= 8 ? string.Join(", ", names) : string.Join(", ", names.Take(7)) + $" and {names.Count - 7} more";

    private static HashSet<string> Names(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);
}
