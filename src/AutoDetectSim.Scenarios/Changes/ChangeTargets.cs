using System.IO.Enumeration;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>Finds the parts that the left side of a change names.</summary>
internal sealed class ChangeTargets
{
    private const string LoadBalancers = "loadBalancers";
    private const string Nodes = "nodes";

    // Parts that something else must refer to; everywhere else a new name makes a new part.
    private static readonly HashSet<Type> Closed =
        [typeof(LoadBalancerDefinition), typeof(NodeDefinition), typeof(OrganizationDefinition), typeof(AuthorityRecipe), typeof(CertificateRecipe)];

    private readonly Scenario _scenario;
    private readonly ProblemSink _problems;

    private ChangeTargets(Scenario scenario, ProblemSink problems)
    {
        _scenario = scenario;
        _problems = problems;
    }

    /// <summary>The parts; none when there is a problem.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="tree">The same as a tree.</param>
    /// <param name="segments">The path of the parts.</param>
    /// <param name="problems">Receives the problems.</param>
    public static IReadOnlyList<ChangeTarget> Find(Scenario scenario, YamlMap tree, IReadOnlyList<string> segments, ProblemSink problems)
    {
        var targets = new ChangeTargets(scenario, problems);
        if (targets.FromRoot(segments) is not { } way)
        {
            return [];
        }

        IReadOnlyList<ChangeTarget> found = [new ChangeTarget([], ScenarioModel.Root, tree, null)];
        foreach (var segment in way)
        {
            found = [.. found.SelectMany(target => targets.Step(target, segment))];
        }

        return found;
    }

    /// <summary>How a change addresses a part: by its name if that is unique, else by its path.</summary>
    public static string PartOf(Scenario scenario, string section, string name)
    {
        var named = ScenarioModel.Root.Find(name) is null ? new ChangeTargets(scenario, new ProblemSink(name)).Named(name).ToList() : [];
        return named is [[var only, _]] && string.Equals(only, section, StringComparison.Ordinal) ? name : $"{section}/{name}";
    }

    /// <summary>The path from the root: a name alone is enough if only one part has it.</summary>
    private List<string>? FromRoot(IReadOnlyList<string> segments)
    {
        var first = segments[0];
        if (ScenarioModel.Root.Find(first) is { Value: not OverlayModel } section)
        {
            if (section.Value is ScalarModel or ListModel)
            {
                return [section.Key, .. segments.Skip(1)];
            }

            if (segments.Count > 1 || section.Value is RecordModel)
            {
                return [section.Key, .. segments.Skip(1)];
            }

            Add($"`{first}` is a section; name a part of it, for example `{section.Key}/{ExampleOf(section.Key)}`");
            return null;
        }

        var ways = Named(first).ToList();
        if (ways.Count == 1)
        {
            return [.. ways[0], .. segments.Skip(1)];
        }

        if (ways.Count > 1)
        {
            Add($"`{first}` is ambiguous; write {string.Join(" or ", ways.Select(way => $"`{string.Join('/', way)}`"))}");
            return null;
        }

        var nearest = NearestName.Find(first, AllNames().Concat(["dns", "autoDetect"]));
        Add($"The scenario has no part `{first}`" + (nearest is null ? $"; it has {string.Join(", ", AllNames().Take(12))}" : $"; did you mean `{nearest}`?"), first, nearest);
        return null;
    }

    private IEnumerable<List<string>> Named(string name)
    {
        bool Is(string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
        foreach (var balancer in _scenario.LoadBalancers.Where(balancer => Is(balancer.Name)))
        {
            yield return [LoadBalancers, balancer.Name];
        }

        foreach (var organization in _scenario.Organizations.Where(organization => Is(organization.Name)))
        {
            yield return ["organizations", organization.Name];
        }

        foreach (var authority in _scenario.Authorities.Where(authority => Is(authority.Name)))
        {
            yield return ["authorities", authority.Name];
        }

        // A certificate named like its load balancer, as defaults do, must be addressed as certificates/NAME.
        foreach (var certificate in _scenario.Certificates.Where(certificate => Is(certificate.Name) && !_scenario.LoadBalancers.Any(balancer => Is(balancer.Name))))
        {
            yield return ["certificates", certificate.Name];
        }

        foreach (var balancer in _scenario.LoadBalancers.Where(balancer => Matching(name, [.. balancer.Nodes.Select(node => node.Name)])?.Count > 0))
        {
            yield return [LoadBalancers, balancer.Name, Nodes, name];
        }
    }

    private IEnumerable<string> AllNames() =>
        _scenario.LoadBalancers.Select(balancer => balancer.Name)
            .Concat(_scenario.Organizations.Select(organization => organization.Name))
            .Concat(_scenario.Certificates.Select(certificate => certificate.Name))
            .Concat(_scenario.Authorities.Select(authority => authority.Name))
            .Concat(_scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(node => node.Name));

    private IEnumerable<ChangeTarget> Step(ChangeTarget target, string segment)
    {
        switch (target.Model)
        {
            case RecordModel record:
                return Member(target, record, segment);
            case NamedListModel list:
                return Parts(target, list, segment);
            case MapModel map:
                var entry = (target.Node as YamlMap)?.Entries.FirstOrDefault(entry => string.Equals(entry.Key, segment, StringComparison.OrdinalIgnoreCase));
                return [new ChangeTarget([.. target.Keys, entry?.Key ?? segment], map.Value, entry?.Value, target.Model)];
            default:
                Add($"`{target.Name}` has no parts, so `{segment}` cannot be one", segment);
                return [];
        }
    }

    private IEnumerable<ChangeTarget> Member(ChangeTarget target, RecordModel record, string segment)
    {
        if (record.Find(segment) is { } member)
        {
            return [new ChangeTarget([.. target.Keys, member.Key], member.Value, (target.Node as YamlMap)?.Find(member.Key), null)];
        }

        // What an administrator sees below a balancer are its nodes, and below an organization its mailboxes.
        var main = record.Type == typeof(LoadBalancerDefinition) ? Nodes : record.Type == typeof(OrganizationDefinition) && segment.Contains('@', StringComparison.Ordinal) ? "mailboxSettings" : null;
        if (main is not null)
        {
            return Member(target, record, main).SelectMany(list => Step(list, segment));
        }

        var nearest = NearestName.Find(segment, record.Members.Select(one => one.Key));
        Add($"A {record.Noun} has no `{segment}`" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"), segment, nearest);
        return [];
    }

    private IEnumerable<ChangeTarget> Parts(ChangeTarget target, NamedListModel list, string segment)
    {
        IReadOnlyList<NamedPart> parts = target.Node switch
        {
            YamlParts written => written.Parts,
            null => [],
            _ => NamedParts.Read(target.Node, list.Item, default, _problems),
        };
        var names = parts.SelectMany(part => part.Names).ToList();
        var isRange = list.Item.HasNameRanges;
        segment = isRange ? NodeRanges.Read(segment) : segment;
        var matching = isRange ? Matching(segment, names) : [.. names.Where(name => string.Equals(name, segment, StringComparison.OrdinalIgnoreCase))];
        if (matching is null)
        {
            Add($"`{segment}` is not a valid name range, for example ex{{02..20}}", segment, "ex{02..20}");
            return [];
        }

        if (matching.Count == 0)
        {
            if (!Closed.Contains(list.Item.Type))
            {
                return [new ChangeTarget([.. target.Keys, segment], list.Item, null, target.Model)];
            }

            var nearest = NearestName.Find(segment, names);
            Add($"There is no {list.Item.Noun} `{segment}`" + (nearest is null ? $"; there is {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", ..." : "")}" : $"; did you mean `{nearest}`?"), segment, nearest);
            return [];
        }

        return matching.Select(name => new ChangeTarget([.. target.Keys, name], list.Item, parts.First(part => part.Names.Contains(name, StringComparer.Ordinal)).Body, target.Model));
    }

    /// <summary>The names that a name, a range, a pattern, or several of them with commas between, stand for, in the order of the scenario; null for an invalid range, and empty when a name is missing.</summary>
    private static List<string>? Matching(string written, IReadOnlyList<string> names)
    {
        var wanted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Contains('*', StringComparison.Ordinal))
            {
                wanted.UnionWith(names.Where(name => FileSystemName.MatchesSimpleExpression(part, name)));
            }
            else if (NameRange.Expand(part, out _) is { } range)
            {
                if (!range.All(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)))
                {
                    return [];
                }

                wanted.UnionWith(range);
            }
            else
            {
                return null;
            }
        }

        return [.. names.Where(wanted.Contains)];
    }

    private string ExampleOf(string section) => section switch
    {
        "dns" => _scenario.LoadBalancers[0].Hosts[0],
        LoadBalancers => _scenario.LoadBalancers[0].Name,
        "organizations" => _scenario.Organizations[0].Name,
        "certificates" => _scenario.Certificates.Count > 0 ? _scenario.Certificates[0].Name : "mail",
        _ => _scenario.Authorities[0].Name,
    };

    private void Add(string message, string? value = null, string? expected = null) => _problems.Add(new SourcePosition(1, 1), message, value, expected);
}
