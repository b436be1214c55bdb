using System.Collections.Frozen;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>One-word administrator actions that would otherwise take several keys.</summary>
internal static class ChangeVerbs
{
    public const string Install = "install";
    public const string Allow = "allow";
    public const string Renew = "renew";
    public const string Enable = "enable";
    public const string Clear = "clear";
    public const string Remove = "remove";

    private const string OAuth = "oauth";

    /// <summary>The verbs and their descriptions.</summary>
    public static FrozenDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Install] = "installs an authority's certificate in the intermediate store of a node, or of a load balancer that terminates TLS: `perimeter/ex03: install issuing`; the authority can also be given by its common name",
        [Allow] = "allows a source range in the firewall of a load balancer: `perimeter: allow autodetect`",
        [Renew] = "renews a certificate, valid from now: `mail: renew`",
        [Enable] = "switches OAuth on, for an organization, a node or a mailbox: `perimeter/ex07: enable oauth`",
        [Clear] = "empties AutoDetect's cache, or the sessions of a load balancer: `autoDetect/cache: clear`",
        [Remove] = "removes a part, or restores the default of a key: `autoDetect/domains/contoso.com: remove`",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The overlay of a verb; null when nothing changes, or when there is a problem.</summary>
    /// <param name="target">The part.</param>
    /// <param name="body">The body, which begins with a verb.</param>
    /// <param name="scenario">The scenario as it is.</param>
    /// <param name="problems">Told what is wrong.</param>
    public static YamlMap? Overlay(ChangeTarget target, ChangeBody body, Scenario scenario, ProblemSink problems)
    {
        var type = (target.Model as RecordModel)?.Type;
        switch (body.Verb)
        {
            case Install when type == typeof(NodeDefinition) || type == typeof(LoadBalancerDefinition):
                return Installed(target, body, scenario, problems);
            case Allow when type == typeof(LoadBalancerDefinition):
                return Allowed(target, body, problems);
            case Renew when type == typeof(CertificateRecipe) || type == typeof(AuthorityRecipe):
                return target.Overlay(("notBefore", YamlTree.Null), ("notAfter", YamlTree.Null));
            case Enable when (target.Model as RecordModel)?.Find("auth") is not null:
                return Enabled(target, body, problems);
            case Clear when target.Keys is ["autoDetect", "cache", _]:
                return target.Overlay(YamlTree.Null);
            case Clear when target.Keys is ["autoDetect"] or ["autoDetect", "cache"]:
                return (target with { Keys = ["autoDetect", "cache"] }).Overlay(YamlTree.Null);
            case Clear when type == typeof(LoadBalancerDefinition):
                return null;
            case Remove when body.Rest.Length == 0:
                return target.Overlay(YamlTree.Null);
            default:
                problems.Add(body.WordPosition, $"`{body.Word}` is not for `{string.Join('/', target.Keys)}`: it {Descriptions[body.Verb!]}", body.Word);
                return null;
        }
    }

    private static YamlMap? Installed(ChangeTarget target, ChangeBody body, Scenario scenario, ProblemSink problems)
    {
        var called = CertificateNames.AuthoritiesCalled(scenario, body.Rest);
        if (called.Count > 1)
        {
            problems.Add(body.RestPosition, $"That name is ambiguous: it matches {string.Join(", ", called)}", body.Rest);
            return null;
        }

        var names = called.Count == 1 ? called : Words(body.Rest);
        if (names.Count == 0)
        {
            problems.Add(body.RestPosition, $"Name the authority whose certificate to install: {string.Join(", ", scenario.Authorities.Select(authority => authority.Name))}");
            return null;
        }

        foreach (var name in names.Where(name => !scenario.Authorities.Any(authority => string.Equals(authority.Name, name, StringComparison.Ordinal))))
        {
            var nearest = NearestName.Find(name, scenario.Authorities.Select(authority => authority.Name));
            problems.Add(body.RestPosition, $"There is no authority `{name}`" + (nearest is null ? $"; choose from {string.Join(", ", scenario.Authorities.Select(authority => authority.Name))}" : $"; did you mean `{nearest}`?"), name, nearest);
            return null;
        }

        var balancer = scenario.LoadBalancers.First(one => string.Equals(one.Name, target.Keys[1], StringComparison.OrdinalIgnoreCase));
        if (target.Keys.Count == 2)
        {
            if (balancer.Tls != TlsHandling.Terminate)
            {
                problems.Add(body.WordPosition, $"`{balancer.Name}` passes TLS through and presents no certificate itself; change its nodes: `{balancer.Name}/*`");
                return null;
            }

            return target.Overlay(("present", Presented(balancer.Present!, names, scenario)));
        }

        var node = balancer.Nodes.First(one => string.Equals(one.Name, target.Name, StringComparison.OrdinalIgnoreCase));
        if (node.Present is not { } present)
        {
            // The load balancer terminates TLS: the certificate is in the node's store, and no client sees it.
            return null;
        }

        return node.IntermediateStore is { } store
            ? target.Overlay(("intermediateStore", List(store.Union(names, StringComparer.Ordinal))))
            : target.Overlay(("present", Presented(present, names, scenario)));
    }

    /// <summary>The chain presented once authorities' certificates are installed: each follows the certificate it issued, and replaces an earlier one of the same authority.</summary>
    private static YamlList Presented(PresentedChainRecipe recipe, IEnumerable<string> installed, Scenario scenario)
    {
        var book = new RecipeBook(new LabPkiDefinition { Authorities = scenario.Authorities, Certificates = scenario.Certificates, BaseDirectory = scenario.BaseDirectory });
        var names = ShapePlan.Names(book, recipe).ToList();
        foreach (var authority in installed.Where(name => !names.Contains(name, StringComparer.Ordinal)))
        {
            var place = names.FindIndex(name => string.Equals(CertificateVariants.Original(name), authority, StringComparison.Ordinal));
            if (place >= 0)
            {
                names[place] = authority;
                continue;
            }

            var issued = names.FindIndex(name => string.Equals(book.FindAuthority(name)?.Issuer ?? book.FindCertificate(name)?.Issuer, authority, StringComparison.Ordinal));
            names.Insert(issued < 0 ? names.Count : issued + 1, authority);
        }

        return List(names);
    }

    private static YamlMap? Allowed(ChangeTarget target, ChangeBody body, ProblemSink problems)
    {
        var ranges = Words(body.Rest);
        if (ranges.Count == 0)
        {
            problems.Add(body.RestPosition, "Name the source range to allow: autodetect, exchangeOnline, or a range such as 203.0.113.0/24");
            return null;
        }

        foreach (var range in ranges.Where(range => !SourceRanges.TryParse(range, out _)))
        {
            problems.Add(body.RestPosition, $"`{range}` is not a source range; use autodetect, exchangeOnline, an address, or a range such as 203.0.113.0/24", range);
            return null;
        }

        var map = target.Node as YamlMap;
        var allowed = Texts(map?.Find("allowFrom"));
        var denied = Texts(map?.Find("denyFrom")).Except(ranges, StringComparer.OrdinalIgnoreCase).ToList();
        var entries = new List<(string, YamlNode)> { ("denyFrom", List(denied)) };
        if (allowed.Count > 0)
        {
            // A list that is empty lets everyone in; one range in it would shut everyone else out.
            entries.Add(("allowFrom", List(allowed.Union(ranges, StringComparer.OrdinalIgnoreCase))));
        }

        return target.Overlay(entries);
    }

    private static YamlMap? Enabled(ChangeTarget target, ChangeBody body, ProblemSink problems)
    {
        if (!string.Equals(body.Rest, OAuth, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(body.RestPosition, "Only `oauth` can be enabled", body.Rest, OAuth);
            return null;
        }

        var hasState = ((RecordModel)target.Model).Find("oAuth") is not null;
        return target.Overlay([("auth", Scalar(CamelCase<AuthenticationMode>.Of(AuthenticationMode.HybridModern))), .. hasState ? [("oAuth", Scalar(CamelCase<OAuthState>.Of(OAuthState.Working)))] : Array.Empty<(string, YamlNode)>()]);
    }

    private static IReadOnlyList<string> Words(string text) => [.. text.Trim('[', ']').Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static List<string> Texts(YamlNode? node) => node switch
    {
        YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
        YamlScalar { IsNull: false } scalar => [scalar.Text],
        _ => [],
    };

    private static YamlScalar Scalar(string text) => new(default, text, plain: false);

    private static YamlList List(IEnumerable<string> items) => new(default, [.. items.Select(Scalar)]);
}
