using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Cases;

/// <summary>
/// The settings of a world, each by its path, to compare two worlds setting by setting. What is presented
/// counts by the certificates that go on the wire, however the scenario says it: <c>present: missingIntermediate</c>, a list with the
/// leaf alone and an empty intermediate store are one and the same. What a firewall lets in counts by the networks in the same way.
/// </summary>
internal static class ScenarioDifference
{
    private const string Nothing = "";

    /// <summary>The settings in which two worlds differ, each with its value in both; empty where it is not set.</summary>
    public static IReadOnlyDictionary<string, (string Before, string After)> Of(Scenario before, Scenario after)
    {
        var (old, now) = (Settings(before), Settings(after));
        return old.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase)
            .Select(key => (Key: key, Before: old.GetValueOrDefault(key, Nothing), After: now.GetValueOrDefault(key, Nothing)))
            .Where(setting => !string.Equals(setting.Before, setting.After, StringComparison.Ordinal))
            .ToDictionary(setting => setting.Key, setting => (setting.Before, setting.After), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The value of every setting that differs from its default, by the way to it: <c>loadBalancers/perimeter/nodes/ex02/present</c>.</summary>
    public static IReadOnlyDictionary<string, string> Settings(Scenario world)
    {
        world = ScenarioDefaults.Complete(world with { Fault = null, Expect = [], Title = null, Symptom = null });
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(ModelTree.Of(world, ScenarioModel.Root), ModelPath.Root, settings);
        var book = new RecipeBook(new LabPkiDefinition { Authorities = world.Authorities, Certificates = world.Certificates, BaseDirectory = world.BaseDirectory });
        foreach (var balancer in world.LoadBalancers)
        {
            var path = ModelPath.Root / "loadBalancers" / balancer.Name;
            Sources(path / "allowFrom", balancer.AllowFrom, settings);
            Sources(path / "denyFrom", balancer.DenyFrom, settings);
            if (balancer.Present is { } own)
            {
                Present(path, book, own, store: null, settings);
            }

            foreach (var node in balancer.Nodes.Where(node => node.Present is not null))
            {
                Present(path / "nodes" / node.Name, book, node.Present!, node.IntermediateStore, settings);
            }
        }

        return settings;
    }

    private static void Present(ModelPath path, RecipeBook book, PresentedChainRecipe recipe, IReadOnlyList<string>? store, Dictionary<string, string> settings)
    {
        if (recipe.Names is null && book.FindCertificate(recipe.Certificate) is null)
        {
            return;
        }

        var names = ShapePlan.Names(book, recipe);
        if (store is not null && recipe is { Names: null, Shape: ChainShape.Complete })
        {
            names = [names[0], .. names.Skip(1).TakeWhile(name => store.Contains(name, StringComparer.Ordinal))];
        }

        settings.Remove((path / "certificate").Text);
        settings.Remove((path / "intermediateStore").Text);
        settings[(path / "present").Text] = string.Join(", ", names);
    }

    private static void Sources(ModelPath path, IReadOnlyList<string> ranges, Dictionary<string, string> settings)
    {
        if (ranges.Count > 0)
        {
            var networks = ranges.SelectMany(range => SourceRanges.TryParse(range, out var found) ? found.Select(network => network.ToString()) : [range]);
            settings[path.Text] = string.Join(", ", networks.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase));
        }
    }

    private static void Add(YamlNode node, ModelPath path, Dictionary<string, string> settings)
    {
        switch (node)
        {
            case YamlScalar { IsNull: true }:
                break;
            case YamlMap when ModelPath.Above(path.Text) is "dns":
                // A record that goes and another one that comes are one change of what the name leads to.
                settings[path.Text] = Text(node);
                break;
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    Add(entry.Value, path / entry.Key, settings);
                }

                break;
            case YamlParts parts:
                foreach (var part in parts.Parts)
                {
                    // That there is such a part is a setting of its own.
                    settings[(path / part.Names[0]).Text] = "there";
                    Add(part.Body, path / part.Names[0], settings);
                }

                break;
            default:
                settings[path.Text] = Text(node);
                break;
        }
    }

    private static string Text(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Text,
        YamlList list => "[" + string.Join(", ", list.Items.Select(Text)) + "]",
        YamlMap map => "{" + string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Text(entry.Value)}")) + "}",
        _ => Nothing,
    };
}
